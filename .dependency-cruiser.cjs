/** The tiers of ARCHITECTURE, lowest first. A module imports lower tiers only, never its own tier or above. */
const tiers = [
	['platform'],
	['access'],
	['audit'],
	['units', 'notifications'],
	['sessions'],
	['people'],
	['hours', 'statutes'],
	['questions'],
	['courses'],
	['exams'],
	['events'],
	['practice', 'programmes'],
	['promotions'],
	['bulk'],
	['completion'],
	['unit-reports'],
	['assessments', 'certificates'],
	['records', 'amendments'],
	['exchange'],
	['jobs'],
	['web']
];

const server = 'src/lib/server';
const folder = (names) => `^${server}/(${names.join('|')})/`;
const forbid = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to });

const looksDownOnly = tiers.flatMap((tier, height) =>
	tier.map((module) =>
		forbid(
			`${module}-looks-down-only`,
			{ path: folder([module]) },
			{ path: folder(tiers.slice(height).flat()), pathNot: folder([module]) },
			'To move a higher module, announce a fact and subscribe to it in jobs/.'
		)
	)
);

module.exports = {
	forbidden: [
		// Tables name each other in foreign keys, lazily; types may go in circles.
		forbid('no-cycles', { pathNot: '^db/schema/' }, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
		forbid(
			'every-module-has-a-tier',
			{},
			{ path: `^${server}/`, pathNot: folder(tiers.flat()) },
			'Give the module a place in this list.'
		),
		...looksDownOnly,
		forbid('domain-knows-no-framework', { path: `^${server}/(?!web/)` }, { path: '@sveltejs/kit|^\\$app' }),
		forbid('nobody-imports-a-route', { path: '^src/(lib|cli)' }, { path: '^src/routes' }),
		forbid('nobody-imports-the-command', { path: '^(src/(lib|routes)|db)' }, { path: '^src/cli' }),
		forbid(
			'browser-code-never-touches-the-server',
			{ path: '^src/(lib/(?!server/)|routes/.*(\\.svelte|\\+(page|layout)\\.ts)$)' },
			{ path: `^(${server}|db)/`, dependencyTypesNot: ['type-only'] }
		),
		forbid('routes-never-touch-the-database', { path: '^src/routes' }, { path: '^db/' }),
		forbid('db-stands-alone', { path: '^db' }, { path: '^(src|tests|scripts)/' }),
		forbid('no-tests-in-the-house', { path: '^(src|db)' }, { path: '^tests/' }),
		forbid(
			'nothing-unresolved',
			{},
			{ couldNotResolve: true, pathNot: '^(\\$(app|env|service-worker)|\\./\\$types)|^#lib/paraglide/' }
		)
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(\\.svelte-kit|build)/|\\$types|src/lib/paraglide' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'import', 'node', 'default', 'types']
		},
		cache: { folder: '.cache/depcruise', strategy: 'content' }
	}
};
