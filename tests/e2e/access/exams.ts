import { examCandidates, examTargets } from '#db/schema/exam-candidates.ts';
import { examPapers, examSections } from '#db/schema/exam-papers.ts';
import { examWindows } from '#db/schema/exams.ts';
import { eq } from 'drizzle-orm';
import { newId } from '#lib/server/platform/ids.ts';
import { aBankQuestion } from '../../factories/bank.ts';
import { anExam, aPaper, type Exam } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import type { Place, Rows } from '../route-access.ts';

const later = { opensAt: '2026-12-01T09:00', closesAt: '2026-12-01T11:00' };

/** A draft of the place with one paper that can be drawn, for everybody there. */
async function aDraft({ ctx, unit }: Place, values: Partial<Exam> = {}): Promise<{ exam: Exam; paperId: string }> {
	await aBankQuestion(ctx, undefined, { unit });
	const exam = await anExam(ctx, { unit, ...values });
	const paperId = await aPaper(ctx, exam, [{ count: 1 }]);
	await ctx.db.insert(examTargets).values({ examId: exam.id, position: 1, unitId: unit.id });
	return { exam, paperId };
}

/** An exam of the place that is announced, with one candidate. */
async function published(place: Place, values: Partial<Exam> = {}) {
	const { exam, paperId } = await aDraft(place, { state: 'published', publishedAt: place.ctx.now, ...values });
	const { id: personId } = await aPerson(place.ctx, { unit: place.unit });
	const { opensAt, closesAt } = exam;
	await place.ctx.db
		.insert(examCandidates)
		.values({ examId: exam.id, personId, unitId: place.unit.id, paperId, opensAt, closesAt });
	return { exam, paperId, personId };
}

const draftId = async (place: Place) => ({ exam: (await aDraft(place)).exam.id });
const publishedId = async (place: Place) => ({ exam: (await published(place)).exam.id });
const theDraft = async (place: Place) => ({ examId: (await aDraft(place)).exam.id });

async function aSection(place: Place) {
	const { exam, paperId } = await aDraft(place);
	const [section] = await place.ctx.db.select().from(examSections).where(eq(examSections.paperId, paperId));
	return { examId: exam.id, paperId, sectionId: section!.id };
}

async function aCandidate(place: Place) {
	const { exam, personId } = await published(place);
	return { examId: exam.id, personId };
}

/** Somebody whose paper waits to be entered. */
async function aPrintedPaper(place: Place) {
	const { exam, personId } = await published(place, { onSite: true });
	return { exam: exam.id, person: personId };
}

const rules = {
	version: '1',
	title: '年度法律知识考试',
	...later,
	minutes: '60',
	entryMinutes: '',
	attempts: '1',
	counting: 'best',
	waitMinutes: '0',
	passMark: '60',
	excellentMark: '90',
	layout: 'one-page',
	multipleScoring: 'all-or-nothing',
	reviewNow: 'nothing',
	reviewAfterAttempt: 'nothing',
	reviewAfterClose: 'score',
	secondMarkerShare: '0',
	markerDifference: '3'
};

export const rows: Rows = {
	'/(app)/manage/exams': {
		open: 'to-holders',
		ability: 'exam:view',
		shows: async ({ ctx, unit }) => (await anExam(ctx, { unit, title: `考试${newId()}` })).title
	},
	'/(app)/manage/exams/new': {
		open: 'to-holders',
		ability: 'exam:edit',
		shows: ({ unit }) => unit.name,
		actions: {
			default: ({ unit }) => ({ unitId: unit.id, kind: 'exam', title: '年度法律知识考试', ...later, minutes: '60' })
		}
	},
	'/(app)/manage/exams/[exam]': {
		open: 'to-holders',
		ability: 'exam:view',
		acts: 'exam:edit',
		params: draftId,
		actions: {
			publish: theDraft,
			cancel: async (place) => ({ ...(await theDraft(place)), because: '另行安排' }),
			extend: async (place) => ({
				examId: (await published(place)).exam.id,
				closesAt: '2026-12-01T11:00',
				because: '网络故障'
			}),
			copy: async (place) => ({ ...(await theDraft(place)), title: '再考一次', ...later }),
			makeUp: async (place) => {
				const closesAt = new Date(place.ctx.now.getTime() - 60_000);
				const { exam, personId } = await published(place, { closesAt });
				await place.ctx.db
					.update(examCandidates)
					.set({ outcome: 'absent' })
					.where(eq(examCandidates.personId, personId));
				return { examId: exam.id, title: '补考', ...later };
			}
		}
	},
	'/(app)/manage/exams/[exam]/edit': {
		open: 'to-holders',
		ability: 'exam:edit',
		params: draftId,
		actions: {
			edit: async (place) => ({ ...(await theDraft(place)), ...rules }),
			setWindow: async (place) => ({
				...(await theDraft(place)),
				unitId: place.unit.id,
				opensAt: '2026-11-23T10:00',
				closesAt: '2026-11-23T11:00'
			}),
			removeWindow: async (place) => {
				const { exam } = await aDraft(place);
				const { opensAt, closesAt } = exam;
				await place.ctx.db
					.insert(examWindows)
					.values({ id: newId(), examId: exam.id, unitId: place.unit.id, opensAt, closesAt });
				return { examId: exam.id, unitId: place.unit.id };
			}
		}
	},
	'/(app)/manage/exams/[exam]/papers': {
		open: 'to-holders',
		ability: 'exam:edit',
		params: draftId,
		actions: {
			setPaper: async (place) => ({ ...(await theDraft(place)), name: 'B卷' }),
			removePaper: async (place) => {
				const { exam } = await aDraft(place);
				const paperId = newId();
				await place.ctx.db.insert(examPapers).values({ id: paperId, examId: exam.id, position: 2, name: 'B卷' });
				return { examId: exam.id, paperId };
			},
			setSection: async (place) => {
				const { exam, paperId } = await aDraft(place);
				return { examId: exam.id, paperId, title: '单项选择题', kind: 'single', points: '2', count: '1' };
			},
			removeSection: aSection,
			moveSection: aSection
		}
	},
	'/(app)/manage/exams/[exam]/papers/available': {
		open: 'to-holders',
		ability: 'exam:edit',
		params: draftId,
		query: () => ({ kind: 'single' })
	},
	'/(app)/manage/exams/[exam]/papers/find': {
		open: 'to-holders',
		ability: 'exam:edit',
		params: draftId,
		query: () => ({ kind: 'single', q: '题' })
	},
	'/(app)/manage/exams/[exam]/papers/[paper]/sample': {
		open: 'to-holders',
		ability: 'exam:view',
		params: async (place) => {
			const { exam, paperId } = await aDraft(place);
			return { exam: exam.id, paper: paperId };
		}
	},
	'/(app)/manage/exams/[exam]/candidates': {
		open: 'to-holders',
		ability: 'exam:view',
		acts: 'exam:edit',
		params: publishedId,
		actions: {
			addTargets: async (place) => ({ ...(await theDraft(place)), 'personIds[]': place.person.id }),
			removeTarget: async (place) => ({ ...(await theDraft(place)), position: '1' }),
			exempt: async (place) => ({ ...(await aCandidate(place)), because: '产假' }),
			revoke: async (place) => {
				const candidate = await aCandidate(place);
				await place.ctx.db
					.update(examCandidates)
					.set({ status: 'exempt', exemptBecause: '产假' })
					.where(eq(examCandidates.personId, candidate.personId));
				return candidate;
			},
			accommodate: async (place) => ({
				...(await aCandidate(place)),
				extraMinutes: '30',
				pauseMinutes: '0',
				because: '视力原因'
			})
		}
	},
	'/(app)/manage/exams/[exam]/candidates/add': {
		open: 'to-holders',
		ability: 'exam:edit',
		params: publishedId,
		actions: {
			default: async (place) => ({
				examId: (await published(place)).exam.id,
				'personIds[]': (await aPerson(place.ctx, { unit: place.unit })).id
			})
		}
	},
	'/(app)/manage/exams/[exam]/candidates/export': { open: 'to-holders', ability: 'exam:view', params: publishedId },
	'/(app)/manage/exams/[exam]/seats': {
		open: 'to-holders',
		ability: 'exam:view',
		acts: 'exam:edit',
		params: async (place) => ({ exam: (await published(place, { onSite: true })).exam.id }),
		actions: {
			assign: async (place) => ({ examId: (await published(place, { onSite: true })).exam.id, order: 'name' })
		}
	},
	'/(app)/manage/exams/[exam]/entry': {
		open: 'to-holders',
		ability: 'exam:mark',
		params: async (place) => ({ exam: (await published(place, { onSite: true })).exam.id }),
		actions: {
			import: () => ({
				file: { name: 'papers.csv', mimeType: 'text/csv', buffer: Buffer.from('工号,1\nA-1,B') }
			})
		}
	},
	'/(app)/manage/exams/[exam]/entry/template': {
		open: 'to-holders',
		ability: 'exam:mark',
		params: async (place) => ({ exam: (await published(place, { onSite: true })).exam.id })
	},
	'/(app)/manage/exams/[exam]/entry/[person]': {
		open: 'to-holders',
		ability: 'exam:mark',
		params: aPrintedPaper,
		actions: { default: async (place) => ({ ...(await aPrintedPaper(place)), known: '0', way: 'answers' }) }
	},
	'/(app)/manage/exams/[exam]/print': {
		open: 'to-holders',
		ability: 'exam:edit',
		params: async (place) => ({ exam: (await published(place, { onSite: true })).exam.id })
	}
};
