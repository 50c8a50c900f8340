import type { Localized } from '#db/schema/columns.ts';

/** What a plan says of one thing before it belongs to a unit and a year. `due` is a month and a day of the plan's last year. */
export type PlannedItem = {
	title: Localized;
	asks: Localized;
	standard: Localized;
	points: number;
	lead: string[];
	assist: string[];
	due: string;
};

export type PlannedGroup = { title: Localized; items: PlannedItem[] };

const text = (chinese: string, english: string): Localized => ({ 'zh-CN': chinese, en: english });
const everyCity = '各市人力资源和社会保障局';
const everyUnit = '各处室、各单位';

export const provincialTitle = text('依法行政工作计划', 'Work plan for law-based administration');

/**
 * The provincial work plan: five groups, sixteen items, a hundred points. In our own words; a province takes it as a beginning and
 * writes into it what its own document says.
 */
export const provincialPlan: PlannedGroup[] = [
	{
		title: text('依法决策', 'Decisions by law'),
		items: [
			{
				title: text('决策程序', 'Procedure of decisions'),
				asks: text(
					'重大决策列入目录，按公众参与、专家论证、风险评估、合法性审查、集体讨论的顺序办理，每一步留下记录。',
					'Major decisions stand in a catalogue and go through public participation, expert opinion, risk assessment, legality review and collective discussion in this order; each step leaves a record.'
				),
				standard: text(
					'决策目录、每件决策的合法性审查意见和会议记录。缺一步的，该件不计分。',
					'The catalogue, and for each decision the legality opinion and the minutes. A decision that skipped a step earns nothing.'
				),
				points: 6,
				lead: ['办公室'],
				assist: ['法规处', '规划财务处'],
				due: '12-31'
			},
			{
				title: text('公众参与和听证', 'Public participation and hearings'),
				asks: text(
					'涉及群众切身利益的政策公开征求意见不少于三十日，应当听证的依法听证，意见采纳情况公开说明。',
					'Policies that touch people’s interests are open to comment for at least thirty days; where the law asks for a hearing it is held; what became of the comments is published.'
				),
				standard: text(
					'征求意见公告、听证笔录、采纳情况说明及其公开网址。',
					'The call for comments, the record of the hearing, the account of what was taken up, and where it was published.'
				),
				points: 6,
				lead: ['法规处'],
				assist: ['办公室', '就业促进处', '养老保险处'],
				due: '11-30'
			},
			{
				title: text('决策纠错和责任追究', 'Correction and accountability'),
				asks: text(
					'对实施满一年的重大决策开展后评估，发现问题及时调整或者停止执行；违反程序造成损失的，按规定追究责任。',
					'Major decisions are evaluated after a year in force; what proves wrong is changed or stopped; whoever caused loss by breaking procedure answers for it.'
				),
				standard: text(
					'后评估报告、调整或者停止执行的文件、责任追究情况。',
					'Evaluation reports, the documents by which decisions were changed or stopped, and cases of accountability.'
				),
				points: 6,
				lead: ['机关党委'],
				assist: ['法规处', '人事处'],
				due: '12-31'
			}
		]
	},
	{
		title: text('行政管理和执法', 'Administration and enforcement'),
		items: [
			{
				title: text('行政许可改革', 'Licensing reform'),
				asks: text(
					'许可事项逐项编写办事指南，压减材料和时限，取消没有法律法规依据的证明。',
					'Each licence has a guide; papers asked for and time taken are cut; certificates without a basis in law are dropped.'
				),
				standard: text(
					'事项清单、办事指南、压减前后对照表。',
					'The list of licences, the guides, and a table of what was asked before and after.'
				),
				points: 8,
				lead: ['人力资源市场处'],
				assist: ['法规处', '职业能力建设处', '专业技术人员管理处'],
				due: '10-31'
			},
			{
				title: text('审批权力运行监督', 'Monitoring of the power to approve'),
				asks: text(
					'审批全程留痕，受理、审核、决定由不同人员办理，按季抽查办结案卷并通报。',
					'Every approval leaves a trace; receiving, reviewing and deciding are in different hands; closed files are sampled each quarter and the findings told.'
				),
				standard: text(
					'岗位分设情况、各季度抽查记录和通报。',
					'How the posts are separated, and the record and notice of each quarter’s sample.'
				),
				points: 6,
				lead: ['法规处'],
				assist: ['机关党委', '信息中心'],
				due: '12-31'
			},
			{
				title: text('层级监督和内部监督', 'Internal supervision'),
				asks: text(
					'落实执法公示、全过程记录、法制审核，规范行政处罚裁量，开展案卷评查，社会保险基金按季检查。',
					'Enforcement is published, recorded throughout and reviewed for legality; discretion in penalties follows a scale; case files are examined; social insurance funds are inspected each quarter.'
				),
				standard: text(
					'执法数据年度公开情况、法制审核台账、案卷评查结果、基金检查报告。',
					'The yearly publication of enforcement data, the register of legality reviews, results of the file examination, reports on the funds.'
				),
				points: 6,
				lead: ['法规处'],
				assist: ['劳动保障监察总队', '社会保险基金监督处'],
				due: '12-31'
			}
		]
	},
	{
		title: text('化解矛盾纠纷', 'Disputes'),
		items: [
			{
				title: text('信访', 'Petitions'),
				asks: text(
					'信访事项依法分类、按期办理，领导干部接访和包案，重复信访逐件分析原因。',
					'Petitions are sorted by law and answered in time; leaders receive petitioners and take on cases; repeated ones are looked into one by one.'
				),
				standard: text(
					'受理办理台账、按期办结率、接访记录、重复信访分析。',
					'The register, the share answered in time, records of reception, and the analysis of repeated petitions.'
				),
				points: 6,
				lead: ['办公室'],
				assist: ['农民工工作处', '养老保险处', everyCity],
				due: '12-31'
			},
			{
				title: text('行政复议和应诉', 'Reconsideration and litigation'),
				asks: text(
					'依法受理和审理复议案件，负责人出庭应诉，按时履行生效文书，对被纠正的案件查明原因并整改。',
					'Applications for reconsideration are accepted and decided by law; the person in charge appears in court; judgments are carried out in time; where a decision was set aside the cause is found and mended.'
				),
				standard: text(
					'复议应诉案件台账、负责人出庭率、被纠正案件的原因分析和整改材料。',
					'The register of cases, how often the person in charge appeared, and for each decision set aside its cause and what was mended.'
				),
				points: 8,
				lead: ['法规处'],
				assist: ['工伤保险处', '劳动保障监察总队', everyCity],
				due: '12-31'
			},
			{
				title: text('劳动争议调解仲裁', 'Mediation and arbitration'),
				asks: text(
					'健全基层调解组织，简案快办，仲裁按期结案，与监察、法院的衔接有制度有记录。',
					'Mediation bodies work at the grass roots; simple cases are heard quickly; arbitration closes in time; the link with inspection and courts follows rules and is recorded.'
				),
				standard: text(
					'调解组织名录、调解成功率、仲裁按期结案率、衔接制度文件。',
					'The register of mediation bodies, the share settled, the share of awards in time, and the rules on the link.'
				),
				points: 6,
				lead: ['调解仲裁管理处'],
				assist: ['劳动人事争议仲裁院', '劳动关系处', everyCity],
				due: '12-31'
			}
		]
	},
	{
		title: text('公开和服务', 'Openness and service'),
		items: [
			{
				title: text('电子政务和网上审批', 'E-government and online approval'),
				asks: text(
					'审批和公共服务事项网上可查、可办、可评，部门间数据共享，能核验的材料不再要求提交。',
					'Approvals and services can be looked up, applied for and rated online; offices share data; what can be verified is not asked for again.'
				),
				standard: text(
					'网上可办事项比例、数据共享接口清单、免提交材料清单。',
					'The share that can be applied for online, the list of shared data, and the list of papers no longer asked for.'
				),
				points: 6,
				lead: ['信息中心'],
				assist: ['规划财务处', '人力资源市场处'],
				due: '11-30'
			},
			{
				title: text('改进行政管理方式', 'Improved ways of administration'),
				asks: text(
					'推行行政指导、行政合同和信用监管，规范性文件制定前审查、制定后备案、定期清理。',
					'Guidance, agreements and supervision by credit record are used; normative documents are reviewed before, filed after, and cleared up at intervals.'
				),
				standard: text(
					'规范性文件目录、审查和备案记录、清理结果公告。',
					'The catalogue of normative documents, records of review and filing, and the notice of what was cleared up.'
				),
				points: 5,
				lead: ['劳动关系处'],
				assist: ['法规处', '劳动保障监察总队'],
				due: '12-31'
			},
			{
				title: text('政务公开', 'Openness of government'),
				asks: text(
					'主动公开目录动态更新，依申请公开按期答复，政策与解读同步发布。',
					'The catalogue of what is published is kept up to date; applications are answered in time; policies appear together with their explanation.'
				),
				standard: text(
					'公开目录及更新记录、依申请公开台账和按期答复率、解读材料。',
					'The catalogue with its changes, the register of applications and the share answered in time, the explanations.'
				),
				points: 6,
				lead: ['办公室'],
				assist: ['信息中心', everyUnit],
				due: '12-31'
			},
			{
				title: text('服务窗口', 'Service windows'),
				asks: text(
					'窗口实行首问负责、一次告知、限时办结，工作人员懂法条、能说明依据，投诉件件有回音。',
					'At the window the first asked is responsible, everything needed is told at once, and time is limited; staff know the articles and can name them; every complaint is answered.'
				),
				standard: text(
					'窗口制度、评价数据、投诉处理台账、窗口人员学法测查结果。',
					'The rules of the window, its ratings, the register of complaints, and the checks that its staff passed.'
				),
				points: 6,
				lead: ['社会保险局'],
				assist: ['公共就业服务中心', everyCity],
				due: '12-31'
			}
		]
	},
	{
		title: text('保障措施', 'Safeguards'),
		items: [
			{
				title: text('法治宣传教育', 'Law publicity and education'),
				asks: text(
					'各单位制定分阶段的学法普法计划并逐项落实，上级抽查，发现的问题限期答复整改。',
					'Each unit makes a phased plan of study and publicity and carries it out; the level above inspects a sample; findings are answered and mended by a date.'
				),
				standard: text(
					'计划、每项措施的落实证明、抽查结果和答复。',
					'The plan, proof of each measure, findings of the inspection and the answers.'
				),
				points: 7,
				lead: ['法规处'],
				assist: ['机关党委', everyUnit],
				due: '12-31'
			},
			{
				title: text('领导干部和工作人员学法', 'Study by leaders and staff'),
				asks: text(
					'会前学法、法律讲座、集体学法有计划，年度学法考试全员参加，新提任领导干部在规定期限内完成培训和考试。',
					'Study before meetings, lectures and collective study follow a plan; everybody sits the annual exam; newly promoted leaders finish their class and exam within the time set.'
				),
				standard: text(
					'平台统计的完成率、参考率、合格率、学时和新提任领导干部按期完成情况。',
					'Completion, participation and pass rates, training hours, and newly promoted leaders in time, as the platform counts them.'
				),
				points: 7,
				lead: ['人事处'],
				assist: ['法规处', everyUnit],
				due: '12-31'
			},
			{
				title: text('定期报告和考核', 'Periodic reports and assessment'),
				asks: text(
					'按时报送年度报告，内容真实、数据有来源、问题不回避；对下级考核并反馈结果。',
					'The annual report is in on time, true, with the source of each figure, and does not pass over shortcomings; those below are assessed and told the result.'
				),
				standard: text(
					'年度报告报送时间和审核意见。逾期按规则扣分，情况不实的该项不计分。',
					'When the report was handed in, and the remarks on it. Late ones lose points by the rule; an untrue one earns nothing.'
				),
				points: 5,
				lead: ['法规处'],
				assist: [everyUnit, everyCity],
				due: '12-31'
			}
		]
	}
];
