import { eq } from 'drizzle-orm';
import { certificates } from '#db/schema/certificates.ts';
import { firstWording } from '#lib/components/certificates/certificate-words.ts';
import type { CertificateKind } from '#lib/schemas/certificates.ts';
import { createTemplate } from '#lib/server/certificates/keep-template.ts';
import { settleMarked } from '#lib/server/certificates/settle-marked.ts';
import { chooseSubject, switchOn } from '#lib/server/certificates/switch-template.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPerson, type Person } from './people.ts';
import { as, theProvince, type Unit } from './units.ts';
import { aCompletion, aCourse, type Course } from './courses.ts';

/** Somebody of the HR office of a unit, the province unless told. */
export const anHr = async <Ctx extends Context>(ctx: Ctx, unit?: Unit) => {
	const over = unit ?? (await theProvince(ctx));
	return as(ctx, (await aPerson(ctx, { unit: over })).id, { role: 'hr', unit: over });
};

interface TemplateValues {
	kind?: CertificateKind;
	unit?: Unit;
	/** Only for these subjects. */
	only?: string[];
	/** Off where null; since the beginning of the year unless told. */
	issuesFrom?: string | null;
	prefix?: string;
}

/** A template of the province for courses, switched on since the beginning of the year, unless told. @returns its id */
export async function aTemplate(
	ctx: Context,
	{
		kind = 'course',
		unit,
		only = [],
		issuesFrom = '2026-01-01',
		prefix = `法培${newId().slice(-8)}`
	}: TemplateValues = {}
): Promise<string> {
	const owner = unit ?? (await theProvince(ctx));
	const hr = await anHr(ctx, owner);
	const id = await createTemplate(hr, {
		...{ unitId: owner.id, kind, name: `证书${newId().slice(-6)}`, prefix, sealPlace: true },
		...firstWording[kind],
		...{ issuerZh: '示例省人力资源和社会保障厅', issuerEn: 'Model Province Department of Human Resources' }
	});
	for (const subjectId of only) await chooseSubject(hr, { templateId: id, subjectId });
	if (issuesFrom) await switchOn(hr, { templateId: id, issuesFrom });
	return id;
}

type Row = typeof certificates.$inferSelect;

/** The certificates of somebody, the earliest first, once what has been marked is worked off. */
export async function certificatesOf(ctx: Context, { id }: Pick<Person, 'id'>): Promise<Row[]> {
	await settleMarked(ctx);
	return ctx.db
		.select()
		.from(certificates)
		.where(eq(certificates.personId, id))
		.orderBy(certificates.year, certificates.serial);
}

/** Somebody with a certificate for a course that they completed. */
export async function aCertificate(
	ctx: Context,
	{ person, course }: { person?: Person; course?: Course } = {}
): Promise<{ certificate: Row; person: Person; course: Course }> {
	const holder = person ?? (await aPerson(ctx));
	const of = course ?? (await aCourse(ctx, { lessons: 1 }));
	await aCompletion(ctx, { person: holder, course: of });
	await aTemplate(ctx, { only: [of.id] });
	const found = await certificatesOf(ctx, holder);
	const certificate = found.find(({ subjectId }) => subjectId === of.id);
	if (!certificate) throw new Error('no certificate was issued');
	return { certificate, person: holder, course: of };
}
