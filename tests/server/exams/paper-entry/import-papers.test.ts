import { expect } from 'vitest';
import { typedAnswer } from '#lib/schemas/typed-answer.ts';
import { importPapers } from '#lib/server/exams/paper-entry/import-papers.ts';
import { answersFor, aPublishedExam, asLegal, attemptOf } from '#tests/factories/exams.ts';
import { theAttempt } from '#tests/factories/marking.ts';
import { test } from '#tests/setup/test.ts';

test('a sheet enters a paper for each row, and says of every other row why not', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { onSite: true });
	const legal = await asLegal(ctx);
	const rows = ['座位,工号,1,2,3,4,5'];
	for (const [index, person] of candidates.entries()) {
		const attempt = await attemptOf(ctx, exam, person);
		const letters = (await answersFor(ctx, attempt.id, { wrong: 1 })).map(({ response }) => typedAnswer(response));
		if (index === 1) letters[3] = 'Q';
		rows.push([index + 1, person.staffNumber, ...(index === 2 ? ['', '', '', '', ''] : letters)].join(','));
	}
	rows.push('9,NOBODY-1,A,A,A,A,A');
	const file = Buffer.from(rows.join('\n'));

	const report = await importPapers(legal, exam.id, file);
	expect(report).toMatchObject({ entered: 1, empty: 1 });
	expect(report.refused).toMatchObject([
		{ row: 3, staffNumber: candidates[1]!.staffNumber, code: 'entry.unreadable', values: { slots: '4' } },
		{ row: 5, staffNumber: 'NOBODY-1', code: 'candidate.not-found' }
	]);
	expect((await theAttempt(ctx, (await attemptOf(ctx, exam, candidates[0]!)).id)).score).toBe(8);

	const again = await importPapers(legal, exam.id, file);
	expect(again.entered).toBe(0);
	expect(again.refused[0]).toMatchObject({ row: 2, code: 'entry.entered-meanwhile' });
	await expect(importPapers(legal, exam.id, Buffer.from('工号,姓名\n1,甲'))).rejects.toThrow('papers.no-columns');
});

test('a file that is too long enters nothing, whatever stands at its beginning', async ({ ctx }) => {
	const { exam, candidates } = await aPublishedExam(ctx, { onSite: true });
	const [first] = candidates;
	const attempt = await attemptOf(ctx, exam, first!);
	const letters = (await answersFor(ctx, attempt.id, { wrong: 0 })).map(({ response }) => typedAnswer(response));
	const file = [
		'工号,1,2,3,4,5',
		[first!.staffNumber, ...letters].join(','),
		...Array(1_000).fill('NOBODY-1,A,A,A,A,A')
	];

	await expect(importPapers(await asLegal(ctx), exam.id, Buffer.from(file.join('\n')))).rejects.toThrow(
		'papers.too-many'
	);
	expect((await theAttempt(ctx, attempt.id)).state).toBe('prepared');
});
