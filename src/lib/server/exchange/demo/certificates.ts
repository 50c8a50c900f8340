import { eq } from 'drizzle-orm';
import { certificates } from '#db/schema/certificates.ts';
import { firstWording } from '#lib/components/certificates/certificate-words.ts';
import type { CertificateKind } from '#lib/schemas/certificates.ts';
import { createTemplate } from '../../certificates/keep-template.ts';
import { revokeCertificate } from '../../certificates/revoke-certificate.ts';
import { settleMarked } from '../../certificates/settle-marked.ts';
import { chooseSubject, switchOn } from '../../certificates/switch-template.ts';
import type { SignedIn } from '../../platform/context.ts';

interface Office {
	hr: SignedIn;
	rootId: string;
	/** The course for which certificates are given. */
	courseId: string;
	/** From which day on. */
	since: string;
}

const names: Record<CertificateKind, { name: string; prefix: string }> = {
	course: { name: '课程结业证书', prefix: '法课' },
	class: { name: '培训班证书', prefix: '法培' },
	exam: { name: '法律知识考试合格证书', prefix: '法考' },
	programme: { name: '培训计划结业证书', prefix: '法训' }
};

/** Certificates of the department: for one course, for classes and for exams; the template of programmes waits to be switched on. One was issued by mistake. */
export async function keepCertificates({ hr, rootId, courseId, since }: Office): Promise<void> {
	for (const kind of ['course', 'class', 'exam', 'programme'] as const) {
		const templateId = await createTemplate(hr, {
			...{ unitId: rootId, kind, ...names[kind], ...firstWording[kind], sealPlace: true },
			...{
				issuerZh: '示范省人力资源和社会保障厅',
				issuerEn: 'Shifan Province Department of Human Resources and Social Security'
			}
		});
		if (kind === 'course') await chooseSubject(hr, { templateId, subjectId: courseId });
		if (kind !== 'programme') await switchOn(hr, { templateId, issuesFrom: since });
	}
	await settleMarked(hr);

	const [mistaken] = await hr.db
		.select({ id: certificates.id, personId: certificates.personId })
		.from(certificates)
		.where(eq(certificates.kind, 'course'))
		.orderBy(certificates.serial)
		.limit(1);
	if (mistaken && mistaken.personId !== hr.actor.personId)
		await revokeCertificate(hr, { certificateId: mistaken.id, because: '同名人员误发，已另行核实。' });
}
