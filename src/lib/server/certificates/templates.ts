import { and, asc, desc, eq, sql } from 'drizzle-orm';
import {
	certificates,
	certificateSubjects,
	certificateTemplates,
	certificateTemplateVersions
} from '#db/schema/certificates.ts';
import type { Localized } from '#db/schema/columns.ts';
import { units } from '#db/schema/units.ts';
import type { CertificateKind } from '#lib/schemas/certificates.ts';
import { demand, demandWithin, within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';

const current = eq(certificateTemplateVersions.id, certificateTemplates.currentVersionId);

const listed = {
	id: certificateTemplates.id,
	kind: certificateTemplates.kind,
	name: certificateTemplates.name,
	unit: units.name,
	chosenOnly: certificateTemplates.chosenOnly,
	issuesFrom: certificateTemplates.issuesFrom,
	version: certificateTemplateVersions.number,
	/** Certificates that hold. */
	issued: sql<number>`(select count(*)::int from ${certificates} c where c.template_id = ${certificateTemplates.id} and c.revoked_at is null)`
};

/** The templates of units within reach, by kind and name. @throws forbidden access.forbidden */
export function listTemplates(ctx: Context) {
	demand(ctx, 'certificate:view');
	return ctx.db
		.select(listed)
		.from(certificateTemplates)
		.innerJoin(units, eq(units.id, certificateTemplates.unitId))
		.innerJoin(certificateTemplateVersions, current)
		.where(within(ctx.actor, 'certificate:view', units.path))
		.orderBy(asc(certificateTemplates.kind), asc(certificateTemplates.name), asc(certificateTemplates.id));
}

export type ListedTemplate = Awaited<ReturnType<typeof listTemplates>>[number];

/** A template with its wording of today. @throws not-found template.not-found */
export async function getTemplate(
	ctx: Context,
	id: string,
	ability: 'certificate:view' | 'certificate:edit' = 'certificate:view'
) {
	const [found] = isId(id)
		? await ctx.db
				.select({
					...listed,
					unitId: units.id,
					path: units.path,
					title: certificateTemplateVersions.title,
					body: certificateTemplateVersions.body,
					issuer: certificateTemplateVersions.issuer,
					prefix: certificateTemplateVersions.prefix,
					sealPlace: certificateTemplateVersions.sealPlace
				})
				.from(certificateTemplates)
				.innerJoin(units, eq(units.id, certificateTemplates.unitId))
				.innerJoin(certificateTemplateVersions, current)
				.where(eq(certificateTemplates.id, id))
		: [];
	demandWithin(ctx, ability, found?.path, 'template');
	if (!found) throw notFound('template');
	return found;
}

/** Earlier wordings of a template, the latest first. */
export const listTemplateVersions = ({ db }: Context, templateId: string) =>
	db
		.select({
			number: certificateTemplateVersions.number,
			title: certificateTemplateVersions.title,
			createdAt: certificateTemplateVersions.createdAt,
			issued: sql<number>`(select count(*)::int from ${certificates} c where c.version_id = certificate_template_versions.id)`
		})
		.from(certificateTemplateVersions)
		.where(eq(certificateTemplateVersions.templateId, templateId))
		.orderBy(desc(certificateTemplateVersions.number));

export type Subject = { id: string; title: Localized; on: string | null };

/** What certificates of a kind can be for, where the unit of the template reaches: the latest first. */
const subjectsOf: Record<CertificateKind, ReturnType<typeof sql>> = {
	course: sql`
		select c.id, v.title, null::text as "on", null::ltree as path, c.position as place, c.created_at as at
		from courses c join course_versions v on v.id = c.current_version_id where c.archived_at is null`,
	class: sql`
		select e.id, jsonb_build_object('zh-CN', e.title, 'en', e.title) as title, e.starts_at::date::text as "on", u.path, 0 as place, e.starts_at as at
		from events e join units u on u.id = e.unit_id where e.kind = 'training-class' and e.state <> 'cancelled'`,
	exam: sql`
		select e.id, jsonb_build_object('zh-CN', e.title, 'en', e.title) as title, e.opens_at::date::text as "on", u.path, 0 as place, e.opens_at as at
		from exams e join units u on u.id = e.unit_id where e.kind = 'exam' and e.state <> 'cancelled'`,
	programme: sql`
		select g.id, jsonb_build_object('zh-CN', g.title, 'en', g.title) as title, null::text as "on", u.path, 0 as place, g.created_at as at
		from programmes g join units u on u.id = g.unit_id where g.archived_at is null`
};

const mostSubjects = 300;

/** What a template could be chosen for, and whether it is. */
export async function listSubjects(
	{ db }: Context,
	{ id, kind, path }: { id: string; kind: CertificateKind; path: string }
): Promise<(Subject & { chosen: boolean })[]> {
	const { rows } = await db.execute<Subject & { chosen: boolean }>(sql`
		select s.id, s.title, s."on", chosen.subject_id is not null as chosen
		from (${subjectsOf[kind]}) s left join ${certificateSubjects} chosen on chosen.template_id = ${id} and chosen.subject_id = s.id
		where s.path is null or s.path <@ ${path}::ltree
		order by chosen desc, s.place, s.at desc, s.id limit ${mostSubjects}`);
	return rows;
}

/** Whether a subject of that kind lies where the template applies. */
export async function isSubjectOf(
	{ db }: Context,
	{ kind, path }: { kind: CertificateKind; path: string },
	subjectId: string
): Promise<boolean> {
	const { rows } = await db.execute(sql`
		select 1 from (${subjectsOf[kind]}) s where s.id = ${subjectId} and (s.path is null or s.path <@ ${path}::ltree)`);
	return rows.length > 0;
}

/** The row of a template, taken for a change. The caller has asked `getTemplate`. */
export async function lockTemplate({ db }: Context, id: string) {
	const [row] = await db
		.select()
		.from(certificateTemplates)
		.where(and(eq(certificateTemplates.id, id)))
		.for('update');
	if (!row) throw notFound('template');
	return row;
}
