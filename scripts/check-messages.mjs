// Every message exists in both languages, takes the same values in both, and is shown somewhere.
import { globSync, readFileSync } from 'node:fs';

const languages = ['zh-CN', 'en'];
const problems = [];

/** The texts of a message: one, or one for each of its plural forms. */
const textsOf = (message) =>
	typeof message === 'string' ? [message] : message.flatMap((variant) => Object.values(variant.match ?? {}));

/** The values that a message takes, in alphabetical order. */
const placeholdersOf = (message) => {
	const names = textsOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
	return [...new Set(names)].sort().join(', ');
};

/** The messages of one language. A key written twice would silently win over itself. */
function read(language) {
	const file = `messages/${language}.json`;
	const text = readFileSync(file, 'utf8');
	const seen = new Set();
	for (const [, key] of text.matchAll(/^(?:\t| {2}|)"(\w+)":/gm)) {
		if (seen.has(key)) problems.push(`${file}: ${key} is there twice`);
		seen.add(key);
	}
	const messages = JSON.parse(text);
	delete messages.$schema;
	return messages;
}

const [chinese, english] = languages.map(read);
const keys = [...new Set([...Object.keys(chinese), ...Object.keys(english)])].sort();

for (const key of keys) {
	if (!(key in chinese)) problems.push(`messages/zh-CN.json: ${key} is missing`);
	else if (!(key in english)) problems.push(`messages/en.json: ${key} is missing`);
	else if (placeholdersOf(chinese[key]) !== placeholdersOf(english[key])) {
		problems.push(`${key}: zh-CN takes {${placeholdersOf(chinese[key])}}, en takes {${placeholdersOf(english[key])}}`);
	}
	for (const [index, messages] of [chinese, english].entries()) {
		if (key in messages && textsOf(messages[key]).some((text) => text.trim() === ''))
			problems.push(`messages/${languages[index]}.json: ${key} is empty`);
	}
}

const files = globSync(['src/**/*.{ts,svelte}', 'tests/e2e/**/*.ts'], {
	exclude: (file) => file.includes('paraglide')
});
const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');
const words = new Set(source.match(/[A-Za-z]\w*/g));

/** Beginnings of keys that are put together, such as `role_${role}`. */
const beginnings = [...source.matchAll(/[`'"]([a-z][a-z0-9]*_(?:[a-z0-9]+_)*)(?:\$\{|['"])/g)].map(
	([, beginning]) => beginning
);

/** Errors are thrown as `noun.state` and shown as `error_noun_state`. */
const errors = new Set(
	[...source.matchAll(/['"`]([a-z][a-z-]*\.[a-z][a-z-]*)['"`]/g)].map(
		([, code]) => `error_${code.replace(/[.-]/g, '_')}`
	)
);
/** Beginnings of errors whose state is put together, such as `formula.${fault}`. */
const families = [...source.matchAll(/`([a-z][a-z-]*)\.\$\{/g)].map(
	([, noun]) => `error_${noun.replaceAll('-', '_')}_`
);
const notFound = new Set(
	[...source.matchAll(/notFound\('([a-z-]+)'\)/g)].map(([, noun]) => `error_${noun.replaceAll('-', '_')}_not_found`)
);
const thrown = new Set(
	[...source.matchAll(/(?:(?:conflict|invalid|forbidden|tooMany)\(|new DomainError\('[a-z-]+', )'([a-z.-]+)'/g)].map(
		([, code]) => `error_${code.replace(/[.-]/g, '_')}`
	)
);

const isUsed = (key) =>
	words.has(key) ||
	errors.has(key) ||
	notFound.has(key) ||
	families.some((family) => key.startsWith(family)) ||
	beginnings.some((beginning) => beginning !== 'error_' && key.startsWith(beginning));

for (const key of keys) if (!isUsed(key)) problems.push(`${key} is shown nowhere`);
for (const code of [...notFound, ...thrown])
	if (!keys.includes(code)) problems.push(`${code} is missing: a command throws it`);

for (const problem of problems) console.error(problem);
console.log(`${keys.length} messages in ${languages.length} languages, ${problems.length} problems.`);
process.exit(problems.length > 0 ? 1 : 0);
