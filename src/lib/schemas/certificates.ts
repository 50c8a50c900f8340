import * as v from 'valibot';
import { checkbox, date, id, text } from './fields.ts';

export const certificateKinds = ['course', 'class', 'exam', 'programme'] as const;
export type CertificateKind = (typeof certificateKinds)[number];

export const revocationGrounds = ['regraded', 'attendance', 'hours', 'programme', 'decided'] as const;
export type RevocationGround = (typeof revocationGrounds)[number];

/** What the wording of a template may stand for; only courses and classes are worth hours of their own. */
export const placeholders = ['name', 'unit', 'subject', 'hours', 'date'] as const;
export const placeholdersOf: Record<CertificateKind, readonly string[]> = {
	course: placeholders,
	class: placeholders,
	exam: placeholders.filter((each) => each !== 'hours'),
	programme: placeholders.filter((each) => each !== 'hours')
};

const kind = v.picklist(certificateKinds, 'field.invalid');

/** A certificate that does not say whose it is proves nothing. */
const body = (longest: number) =>
	v.pipe(
		text(longest),
		v.check((value) => value.includes('{name}'), 'field.no-name')
	);

const wording = {
	kind,
	name: text(80),
	titleZh: text(20),
	titleEn: text(60),
	bodyZh: body(400),
	bodyEn: body(800),
	issuerZh: text(60),
	issuerEn: text(120),
	prefix: text(20),
	sealPlace: checkbox
};

export const createTemplate = v.object({ ...wording, unitId: id });
export const editTemplate = v.object({ ...wording, templateId: id });
export type TemplateWording = Omit<v.InferOutput<typeof editTemplate>, 'templateId'>;

export const switchOn = v.object({ templateId: id, issuesFrom: date });
export const switchOff = v.object({ templateId: id });
export const chooseSubject = v.object({ templateId: id, subjectId: id });
export const chooseAll = v.object({ templateId: id });

export const revokeCertificate = v.object({ certificateId: id, because: text(300) });
export const reissueCertificate = v.object({ certificateId: id });

export const certificateSorts = ['-issued', 'issued', 'name', '-name'] as const;
const lone = <Values extends readonly [string, ...string[]]>(values: Values) =>
	v.fallback(v.optional(v.picklist(values)), undefined);

/** What the address of the list asks for. */
export const certificateList = v.object({
	q: v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(100)), ''),
	kind: lone(certificateKinds),
	state: lone(['valid', 'revoked']),
	template: v.fallback(v.optional(id), undefined),
	unit: v.fallback(v.optional(id), undefined),
	sort: v.fallback(v.picklist(certificateSorts), '-issued'),
	after: v.fallback(v.optional(v.string()), undefined),
	before: v.fallback(v.optional(v.string()), undefined)
});
export type CertificateFilter = v.InferOutput<typeof certificateList>;
