/** How a link reaches its holder: by mail, on paper, or from whoever runs the command line. */
export type Medium = 'mail' | 'slip' | 'shell';

const hours: Record<Medium, number> = { mail: 24, slip: 14 * 24, shell: 24 };

/** A slip is typed by hand, from paper: 16 characters still hold 79 random bits. Links are followed. */
const lengths: Record<Medium, number> = { mail: 32, slip: 16, shell: 32 };

/** The last instant at which a link of that medium can be used. */
export const expiryOf = (medium: Medium, now: Date): Date => new Date(now.getTime() + hours[medium] * 3_600_000);

/** How many characters its secret has. */
export const secretLength = (medium: Medium): number => lengths[medium];

/** A slip's code in groups of four, as it is printed. */
export const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join('-') ?? '';

/** A secret as it was made, however somebody typed it: capitals, spaces and hyphens do not matter. */
export const normalSecret = (typed: string): string =>
	typed
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');
