import { groupedCode } from '#lib/format/certificates.ts';
import { localized } from '#lib/format/localized.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CertificateLine } from '#lib/server/certificates/queries.ts';
import type { Sheet } from '#lib/server/platform/xlsx.ts';
import { groundWords, kindWords } from './certificate-words.ts';

/** The list of certificates as a sheet. @param dayOf the calendar date of an instant */
export const certificateSheet = (
	rows: AsyncIterable<CertificateLine>,
	dayOf: (instant: string) => string
): Sheet<CertificateLine> => ({
	title: m.certificates_title(),
	columns: [
		{ header: m.people_staff_number(), width: 12, value: ({ staffNumber }) => staffNumber },
		{ header: m.certificates_holder(), width: 14, value: ({ printed }) => printed.name },
		{ header: m.records_unit(), width: 30, value: ({ printed }) => printed.unit },
		{ header: m.certificates_number(), width: 22, value: ({ printed }) => printed.number },
		{ header: m.certificates_subject(), width: 36, value: ({ printed }) => localized(printed.subject) },
		{ header: m.certificates_kind(), width: 14, value: ({ kind }) => kindWords[kind]() },
		{ header: m.certificates_earned_on(), width: 12, value: ({ printed }) => printed.earnedOn },
		{ header: m.certificates_issued_on(), width: 12, value: ({ issuedAt }) => dayOf(issuedAt) },
		{ header: m.certificates_code(), width: 22, value: ({ code }) => groupedCode(code) },
		{ header: m.certificates_revoked(), width: 12, value: ({ revokedAt }) => revokedAt && dayOf(revokedAt) },
		{
			header: m.certificates_ground(),
			width: 24,
			value: ({ revokedGround }) => revokedGround && groundWords[revokedGround]()
		},
		{ header: m.certificates_reason(), width: 30, value: ({ revokedBecause }) => revokedBecause }
	],
	rows
});
