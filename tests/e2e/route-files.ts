import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const routes = path.resolve(import.meta.dirname, '../../src/routes');

/** A route of the application as its files say: whether it has a page, which actions it takes, which methods it answers. */
export interface Route {
	id: string;
	hasPage: boolean;
	actions: string[];
	methods: string[];
}

/** Every route under src/routes that answers requests. */
export function findRoutes(): Route[] {
	const found = new Map<string, Route>();
	for (const file of globSync('**/+{page.svelte,page.server.ts,page.ts,server.ts}', { cwd: routes })) {
		const id = `/${path.dirname(file)}`.replace(/\/\.$/, '/');
		const route = found.get(id) ?? { id, hasPage: false, actions: [], methods: [] };
		found.set(id, route);

		if (path.basename(file).startsWith('+page')) route.hasPage = true;
		if (path.basename(file) === '+page.server.ts') route.actions = keysOf(declarations(file).get('actions'));
		if (path.basename(file) === '+server.ts')
			route.methods = [...declarations(file).keys()].filter((name) => /^[A-Z]+$/.test(name));
	}
	return [...found.values()].sort((one, other) => one.id.localeCompare(other.id));
}

/** What a file exports at its top level, by name. */
function declarations(file: string): Map<string, ts.Node | undefined> {
	const source = ts.createSourceFile(file, readFileSync(path.join(routes, file), 'utf8'), ts.ScriptTarget.Latest, true);
	const exported = new Map<string, ts.Node | undefined>();

	for (const statement of source.statements) {
		if (
			!ts.canHaveModifiers(statement) ||
			!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
		)
			continue;
		if (ts.isVariableStatement(statement)) {
			for (const { name, initializer } of statement.declarationList.declarations)
				exported.set(name.getText(), initializer);
		}
		if (ts.isFunctionDeclaration(statement) && statement.name) exported.set(statement.name.text, statement);
	}
	return exported;
}

/** The keys of an object literal, also where it `satisfies` a type. */
function keysOf(node: ts.Node | undefined): string[] {
	if (node && (ts.isSatisfiesExpression(node) || ts.isAsExpression(node))) return keysOf(node.expression);
	if (!node || !ts.isObjectLiteralExpression(node)) return [];
	return node.properties.map(({ name }) => name?.getText().replace(/['"]/g, '') ?? '');
}
