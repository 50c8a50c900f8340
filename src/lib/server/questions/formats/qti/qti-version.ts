/** The three editions of QTI that offices meet. */
export type QtiVersion = '2.1' | '2.2' | '3.0';

interface Edition {
	item: string;
	manifest: string;
	schema: [name: string, version: string];
	resource: string;
	template: (name: string) => string;
}

const two = (minor: 1 | 2): Edition => ({
	item: `http://www.imsglobal.org/xsd/imsqti_v2p${minor}`,
	manifest: 'http://www.imsglobal.org/xsd/imscp_v1p1',
	schema: [`QTIv2.${minor} Package`, '1.0.0'],
	resource: `imsqti_item_xmlv2p${minor}`,
	template: (name) => `http://www.imsglobal.org/question/qti_v2p${minor}/rptemplates/${name}`
});

/** What an edition calls its namespaces, its resources and its response processing templates. */
export const editions: Record<QtiVersion, Edition> = {
	'2.1': two(1),
	'2.2': two(2),
	'3.0': {
		item: 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0',
		manifest: 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1',
		schema: ['QTI Package', '3.0.0'],
		resource: 'imsqti_item_xmlv3p0',
		template: (name) => `https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/${name}.xml`
	}
};
