import { isIP } from 'node:net';
import path from 'node:path';
import * as v from 'valibot';

const number = (from: number, to: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d+$/, `is no whole number from ${from} to ${to}`),
		v.transform(Number),
		v.minValue(from, `is below ${from}`),
		v.maxValue(to, `is above ${to}`)
	);

const databaseUrl = v.pipe(
	v.string(),
	v.regex(/^postgres(ql)?:\/\//, 'is no PostgreSQL address: write postgres://user:password@host/database')
);

const origin = v.pipe(
	v.string(),
	v.check(
		(text) => URL.canParse(text) && new URL(text).origin === text,
		'is no origin: write https://host, without a path'
	)
);

const timezone = v.pipe(v.string(), v.check(isTimezone, 'is no time zone: write a name such as Asia/Shanghai'));

const addresses = v.pipe(
	v.string(),
	v.transform((text) => text.split(/[\s,]+/).filter(Boolean)),
	v.everyItem(isNetwork, 'is no list of addresses: write them as 10.0.0.5 or 10.0.0.0/8, separated by commas')
);

interface Variable<Schema extends v.GenericSchema<string, unknown>> {
	is: string;
	schema: Schema;
	default?: string;
	/** Set by our own scripts, never by an operator. */
	internal?: true;
}

/** Every environment variable that Mingfa reads: what it is, what it may say, and what holds when it says nothing. */
export const variables = {
	HOST: { is: 'Address to listen on', schema: v.string(), default: '127.0.0.1' },
	PORT: { is: 'Port to listen on', schema: number(0, 65_535), default: '3000' },
	ORIGIN: { is: 'Public origin, where a proxy stands in front and does not say it', schema: origin },
	DATABASE_URL: {
		is: 'Your PostgreSQL, 15 or later; without it a private one starts in the data folder',
		schema: databaseUrl
	},
	MINGFA_DATA: {
		is: 'Folder for the private database, files and backups',
		schema: v.pipe(
			v.string(),
			v.transform((folder) => path.resolve(folder))
		),
		default: '.data'
	},
	MINGFA_ROOT_DATA: {
		is: 'Where the private database lives when root starts it and its own user cannot enter MINGFA_DATA',
		schema: v.string(),
		default: '/var/lib/mingfa'
	},
	MINGFA_DEMO: {
		is: 'Load the fictional demo province into a new private database, and offer its sign-ins: on or off',
		schema: v.picklist(['on', 'off'], 'says neither on nor off'),
		default: 'on'
	},
	MINGFA_TIMEZONE: { is: 'Zone of the calendar: due dates, posts, years', schema: timezone, default: 'Asia/Shanghai' },
	MINGFA_TRUSTED_PROXIES: { is: 'Addresses whose X-Forwarded headers count', schema: addresses, default: '' },
	MINGFA_SMTP_URL: {
		is: 'Mail server; without one, links are handed out as slips and reminders stay in the app',
		schema: v.pipe(v.string(), v.regex(/^smtps?:\/\//, 'is no mail server: write smtp://user:password@host:587'))
	},
	MINGFA_MAIL_FROM: {
		is: 'Sender of mail',
		schema: v.pipe(v.string(), v.includes('@', 'is no mail address')),
		default: 'mingfa@localhost'
	},
	MINGFA_POOL_SIZE: {
		is: 'Database connections per process; two more carry short questions',
		schema: number(1, 500),
		default: '10'
	},
	MINGFA_UPLOAD_LIMIT: { is: 'Largest upload, in megabytes', schema: number(1, 1024), default: '32' },
	LOG_LEVEL: {
		is: 'fatal, error, warn, info, debug, trace or silent',
		schema: v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'is no log level'),
		default: 'info'
	},
	MINGFA_BUILD: {
		is: 'Which build: app or test',
		schema: v.picklist(['app', 'test'], 'is no build'),
		default: 'app',
		internal: true
	},
	MINGFA_PRIVATE_DATABASE: {
		is: 'Whether the database is the private one in the data folder: yes or no',
		schema: v.picklist(['yes', 'no'], 'says neither yes nor no'),
		default: 'no',
		internal: true
	},
	MINGFA_LAUNCHER: { is: 'Process to follow', schema: number(1, 2 ** 31), internal: true }
} satisfies Record<string, Variable<v.GenericSchema<string, unknown>>>;

type Variables = typeof variables;

/** The configuration as typed values, under the names of the variables. */
export type Env = {
	readonly [Name in keyof Variables]:
		v.InferOutput<Variables[Name]['schema']> | (Variables[Name] extends { default: string } ? never : undefined);
};

/** Reads and checks the environment. An empty variable counts as none. @throws a sentence that names the first wrong one */
export function readEnv(source: Record<string, string | undefined>): Env {
	const unknown = Object.keys(source).find((name) => name.startsWith('MINGFA_') && !(name in variables));
	if (unknown) throw new Error(`${unknown} is no setting of Mingfa: correct its name, or unset it.`);

	const values = Object.entries<Variable<v.GenericSchema<string, unknown>>>(variables).map(([name, variable]) => {
		const text = source[name]?.trim() || variable.default;
		if (text === undefined) return [name, undefined];

		const { success, output, issues } = v.safeParse(variable.schema, text);
		if (!success) throw new Error(`${name}="${concealed(text)}" ${issues[0].message}.`);
		return [name, output];
	});
	const env = Object.fromEntries(values) as Env;
	if (env.MINGFA_SMTP_URL && !env.ORIGIN) {
		throw new Error(
			'MINGFA_SMTP_URL needs ORIGIN beside it: links in mail must lead to where this platform is reached.'
		);
	}
	return env;
}

function isTimezone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return /^[A-Z]/.test(name);
	} catch {
		return false;
	}
}

function isNetwork(text: string): boolean {
	const [address = '', bits, ...rest] = text.split('/');
	const longest = isIP(address) === 6 ? 128 : 32;
	return (
		isIP(address) > 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= longest))
	);
}

/** A password inside an address stays out of terminals and logs. */
function concealed(text: string): string {
	return text.replace(/:[^:/@]*@/, ':…@');
}

function readOrStop(): Env {
	try {
		return readEnv(process.env);
	} catch (error) {
		process.stderr.write(`${(error as Error).message}\n`);
		process.exit(2);
	}
}

/** The configuration of this process. A wrong variable stops it with a sentence, and exit code 2. */
export const env: Env = readOrStop();
