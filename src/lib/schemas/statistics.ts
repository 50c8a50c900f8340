/** Fewer people than this make correlations of single questions unsteady (Nunnally & Bernstein, Psychometric Theory, 3rd ed.). */
export const smallSample = 30;
