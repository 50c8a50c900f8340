import {
	Archive,
	Award,
	BookOpen,
	Building,
	CalendarCheck,
	CalendarDays,
	FileCheck,
	FilePen,
	ChartColumn,
	CircleMinus,
	Clock,
	ClipboardCheck,
	ClipboardList,
	Megaphone,
	FileQuestionMark,
	Layers,
	FileText,
	ListChecks,
	ListPlus,
	ListTree,
	NotebookPen,
	Presentation,
	Scale,
	ScrollText,
	Settings,
	ShieldCheck,
	Stamp,
	UserStar,
	Users
} from 'lucide';
import type { IconDrawing } from '#lib/components/ui/Icon.svelte';
import { m } from '#lib/paraglide/messages.js';

/** One place in the house. Without an ability it is everybody's; `counts` names the figure shown beside it. */
export type NavigationItem = {
	href: string;
	message: () => string;
	icon: IconDrawing;
	ability?: string;
	counts?: 'todo';
};

/** Places that belong together; the first group has no heading. */
export type NavigationGroup = { id: string; heading?: () => string; items: NavigationItem[] };

/** Every place of the side navigation, in the order in which it is shown. */
export const navigation: NavigationGroup[] = [
	{
		id: 'own',
		items: [
			{ href: '/today', message: m.nav_today, icon: CalendarCheck, counts: 'todo' },
			{ href: '/courses', message: m.nav_courses, icon: BookOpen },
			{ href: '/practice', message: m.nav_practice, icon: NotebookPen },
			{ href: '/exams', message: m.nav_exams, icon: FileCheck },
			{ href: '/events', message: m.nav_events, icon: CalendarDays },
			{ href: '/record', message: m.nav_record, icon: Archive },
			{ href: '/statutes', message: m.nav_statutes, icon: Scale }
		]
	},
	{
		id: 'people',
		heading: m.nav_group_people,
		items: [
			{ href: '/manage/people', message: m.nav_people, icon: Users, ability: 'people:view' },
			{ href: '/manage/units', message: m.nav_units, icon: Building, ability: 'unit:view' },
			{ href: '/manage/promotions', message: m.nav_promotions, icon: UserStar, ability: 'promotion:view' },
			{ href: '/manage/corrections', message: m.nav_corrections, icon: FilePen, ability: 'record:answer' },
			{ href: '/manage/bulk', message: m.nav_bulk, icon: Layers, ability: 'bulk:act' }
		]
	},
	{
		id: 'training',
		heading: m.nav_group_training,
		items: [
			{ href: '/manage/assignments', message: m.nav_assignments, icon: ListPlus, ability: 'training:view' },
			{ href: '/manage/programmes', message: m.nav_programmes, icon: ListChecks, ability: 'programme:view' },
			{ href: '/manage/events', message: m.nav_manage_events, icon: Presentation, ability: 'event:view' },
			{ href: '/manage/exemptions', message: m.nav_exemptions, icon: CircleMinus, ability: 'exemption:decide' },
			{ href: '/manage/hours', message: m.nav_hours, icon: Clock, ability: 'hours:view' },
			{ href: '/manage/certificates', message: m.nav_certificates, icon: Award, ability: 'certificate:view' }
		]
	},
	{
		id: 'exams',
		heading: m.nav_group_exams,
		items: [
			{ href: '/manage/exams', message: m.nav_manage_exams, icon: ClipboardList, ability: 'exam:view' },
			{ href: '/manage/questions', message: m.nav_questions, icon: FileQuestionMark, ability: 'question:view' }
		]
	},
	{
		id: 'year',
		heading: m.nav_group_year,
		items: [
			{ href: '/manage/results', message: m.nav_results, icon: Stamp, ability: 'result:view' },
			{ href: '/manage/reports', message: m.nav_reports, icon: FileText, ability: 'report:view' },
			{ href: '/manage/plan', message: m.nav_plan, icon: ListTree, ability: 'plan:view' },
			{ href: '/manage/indicators', message: m.nav_indicators, icon: ClipboardCheck, ability: 'indicator:view' },
			{ href: '/manage/publicity', message: m.nav_publicity, icon: Megaphone, ability: 'publicity:view' }
		]
	},
	{
		id: 'leaders',
		heading: m.nav_group_leaders,
		items: [{ href: '/overview', message: m.nav_overview, icon: ChartColumn, ability: 'completion:view' }]
	},
	{
		id: 'admin',
		heading: m.nav_group_admin,
		items: [
			{ href: '/admin/roles', message: m.nav_roles, icon: ShieldCheck, ability: 'role:view' },
			{ href: '/admin/audit', message: m.nav_audit, icon: ScrollText, ability: 'audit:view' },
			{ href: '/admin/settings', message: m.nav_settings, icon: Settings, ability: 'settings:edit' }
		]
	}
];

/** The places that someone with these abilities may enter; groups that would be empty are left out. */
export function navigationFor(abilities: readonly string[]): NavigationGroup[] {
	return navigation
		.map((group) => ({
			...group,
			items: group.items.filter(({ ability }) => !ability || abilities.includes(ability))
		}))
		.filter(({ items }) => items.length > 0);
}
