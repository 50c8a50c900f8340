import { levelNames, rankNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import type { LeadershipLevel, Rank } from '#lib/schemas/people.ts';

/** Levels and ranks in one line; nothing where everybody is meant. */
export const ranksInWords = ({ ranks, levels }: { ranks: Rank[]; levels: LeadershipLevel[] }): string =>
	[...levels.map((level) => levelNames[level]()), ...ranks.map((rank) => rankNames[rank]())].join(m.exams_and());
