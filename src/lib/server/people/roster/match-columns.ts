import { type Columns, type RosterField, rosterFields } from '#lib/schemas/roster.ts';

/** What offices call the columns of their rosters, in both languages. The first two are what the template says. */
export const headersOf: Record<RosterField, readonly [string, string, ...string[]]> = {
	staffNumber: [
		'工号',
		'Staff number',
		'人员编号',
		'职工号',
		'员工号',
		'编号',
		'工作证号',
		'人员代码',
		'staff no',
		'staff id',
		'employee number',
		'employee id'
	],
	name: ['姓名', 'Name', '人员姓名', '职工姓名', 'full name'],
	unitCode: [
		'单位代码',
		'Unit code',
		'机构代码',
		'单位编码',
		'部门代码',
		'部门编码',
		'组织机构代码',
		'organisation code',
		'organization code',
		'department code'
	],
	unitName: [
		'单位名称',
		'Unit',
		'单位',
		'部门',
		'部门名称',
		'所在单位',
		'工作单位',
		'机构名称',
		'处室',
		'所在部门',
		'unit name',
		'department',
		'office',
		'organisation',
		'organization'
	],
	title: ['职务', 'Title', '职务名称', '现任职务', '岗位', '职位', '行政职务', 'post', 'position', 'job title'],
	leadershipLevel: [
		'领导职务层次',
		'Leadership level',
		'职务层次',
		'领导职务',
		'职务级别',
		'行政级别',
		'领导职务级别',
		'level',
		'leading level'
	],
	rank: ['职级', 'Rank', '公务员职级', '职级名称', '现任职级', 'grade'],
	kind: [
		'任职类型',
		'Kind of appointment',
		'任职方式',
		'变动类型',
		'任免类型',
		'kind',
		'appointment',
		'appointment kind'
	],
	startsOn: [
		'任职日期',
		'In post since',
		'任职时间',
		'任现职日期',
		'任现职时间',
		'任现职务时间',
		'开始日期',
		'start date',
		'starts on',
		'appointed on',
		'since'
	],
	document: ['任免文号', 'Document number', '任职文号', '文号', '任免文件', 'document', 'reference'],
	email: ['邮箱', 'Email', '电子邮箱', '电子邮件', '邮件地址', 'e-mail', 'mail', 'email address'],
	joinedOn: [
		'入职日期',
		'Joined on',
		'参加工作日期',
		'参加工作时间',
		'参加工作',
		'入职时间',
		'到岗日期',
		'joined',
		'joining date',
		'date of joining',
		'hired on'
	],
	establishment: ['编制', 'Establishment', '编制类型', '编制性质', '编制类别', '人员编制', 'footing'],
	status: ['状态', 'Status', '在职状态', '人员状态', 'state'],
	leftOn: ['离开日期', 'Left on', '离职日期', '退休日期', '离开时间', '退休时间', 'left', 'leaving date', 'retired on']
};

const fieldOf = new Map(
	rosterFields.flatMap((field) => headersOf[field].map((header) => [plain(header), field] as const))
);

/** Finds the fields by the headers of a file, in either language; what stands in brackets does not count. The first match wins. */
export function matchColumns(headers: readonly string[]): Columns {
	const columns: Columns = {};
	for (const [at, header] of headers.entries()) {
		const field = fieldOf.get(plain(header));
		if (field) columns[field] ??= at;
	}
	return columns;
}

/** "Staff No. *" and "工 号（必填）" as they are compared. */
function plain(header: string): string {
	return header
		.normalize('NFKC')
		.replace(/[(（【[].*$/, '')
		.replace(/[\s*:：._-]+/g, '')
		.toLowerCase();
}
