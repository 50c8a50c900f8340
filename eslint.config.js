import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';

export default defineConfig(
	globalIgnores([
		'build/',
		'.svelte-kit/',
		'.data/',
		'.cache/',
		'test-results/',
		'playwright-report/',
		'src/lib/paraglide/',
		'db/migrations/'
	]),
	js.configs.recommended,
	ts.configs.recommended,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off', // the type checker knows better
			'no-console': 'error',
			'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
			'no-restricted-syntax': [
				'error',
				{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Only ctx.now tells the time.' },
				{
					selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
					message: 'Only ctx.now tells the time.'
				}
			],
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'svelte/no-navigation-without-resolve': 'off', // Mingfa is served at the root of its host
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/ban-ts-comment': 'error',
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser } },
		rules: { 'no-restricted-syntax': 'off' } // a ticking clock on the page belongs to the browser
	},
	{
		files: ['**/*.cjs'],
		languageOptions: { sourceType: 'commonjs' },
		rules: { '@typescript-eslint/no-require-imports': 'off' }
	},
	{ files: ['scripts/**', 'tests/bench/**'], rules: { 'no-console': 'off' } },
	{
		// Where time enters: the edge of the process, and the database's own supervisor.
		files: [
			'scripts/**',
			'tests/**',
			'src/cli/**',
			'db/**',
			'src/lib/server/platform/clock.ts',
			'src/lib/server/jobs/work.ts'
		],
		rules: { 'no-restricted-syntax': 'off' }
	}
);
