import { wordingParts } from '#lib/format/certificates.ts';
import { formatDate } from '#lib/format/dates.ts';
import type { Localized } from '#lib/format/localized.ts';
import { formatNumber } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CertificateKind, RevocationGround } from '#lib/schemas/certificates.ts';

export const kindWords: Record<CertificateKind, () => string> = {
	course: m.certificates_kind_course,
	class: m.certificates_kind_class,
	exam: m.certificates_kind_exam,
	programme: m.certificates_kind_programme
};

/** Why a certificate holds no longer, in the general words that anybody may read. */
export const groundWords: Record<RevocationGround, () => string> = {
	regraded: m.certificates_ground_regraded,
	attendance: m.certificates_ground_attendance,
	hours: m.certificates_ground_hours,
	programme: m.certificates_ground_programme,
	decided: m.certificates_ground_decided
};

export type Locale = 'zh-CN' | 'en';

/** What fills the wording of a template, in one language. */
type Filling = { name: string; unit: string; subject: Localized; hours: number | null; earnedOn: string };

/** The lines of a certificate, each in parts: what stands there, and what was filled in. */
export function bodyLines(body: Localized, { name, unit, subject, hours, earnedOn }: Filling, locale: Locale) {
	const values = {
		...{ name, unit },
		subject: locale === 'en' ? subject.en : subject['zh-CN'],
		hours: hours === null ? undefined : formatNumber(hours, { digits: Number.isInteger(hours) ? 0 : 1, locale }),
		date: formatDate(earnedOn, 'long', 'UTC', locale)
	};
	return body[locale].split(/\r?\n/).map((line) => wordingParts(line, values));
}

/** With which wording a new template begins. */
export const firstWording: Record<
	CertificateKind,
	{ titleZh: string; titleEn: string; bodyZh: string; bodyEn: string }
> = {
	course: {
		titleZh: '结业证书',
		titleEn: 'Certificate of Completion',
		bodyZh: '{name}同志：\n于{date}学完课程《{subject}》，每一课均通过测查，计{hours}学时，特发此证。',
		bodyEn:
			'{name}\nhas completed the course “{subject}” on {date}, having passed the check of every lesson. It is worth {hours} training hours.'
	},
	class: {
		titleZh: '培训证书',
		titleEn: 'Certificate of Training',
		bodyZh: '{name}同志：\n参加{subject}，出勤符合要求，计{hours}学时，于{date}结业，特发此证。',
		bodyEn: '{name}\nhas attended “{subject}”, which ended on {date} and is worth {hours} training hours.'
	},
	exam: {
		titleZh: '合格证书',
		titleEn: 'Certificate of Examination',
		bodyZh: '{name}同志：\n于{date}参加{subject}，成绩合格，特发此证。',
		bodyEn: '{name}\nhas passed “{subject}”, taken on {date}.'
	},
	programme: {
		titleZh: '结业证书',
		titleEn: 'Certificate of Completion',
		bodyZh: '{name}同志：\n于{date}完成“{subject}”规定的全部培训，特发此证。',
		bodyEn: '{name}\nhas fulfilled everything that the programme “{subject}” asks for, on {date}.'
	}
};
