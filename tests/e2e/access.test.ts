import { type APIResponse, request as requests } from '@playwright/test';
import { type Ability, carries } from '#lib/server/access/abilities.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { roles } from '#lib/server/platform/roles.ts';
import { connect } from '#db/client.ts';
import { anAccount } from '../factories/accounts.ts';
import { aPerson, type Person } from '../factories/people.ts';
import { aGrant, aUnit, theProvince, type Unit } from '../factories/units.ts';
import { routeAccess, type Place, type RouteAccess } from './route-access.ts';
import { addressOf } from './route-address.ts';
import { findRoutes, type Route } from './route-files.ts';
import { expect, signInOver, test as base, testNow } from './test.ts';

type Requests = Awaited<ReturnType<typeof requests.newContext>>;

/** Two units side by side, and people who send requests: each signs in once for all routes. */
interface World {
	ctx: Context;
	here: Unit;
	elsewhere: Unit;
	/** Somebody of the unit here, whose things are looked at. */
	person: Person;
	anonymous: () => Promise<Requests>;
	/** Signed in, without any role. */
	learner: () => Promise<Requests>;
	/** Holds, over the whole province, every role that does not carry the ability. */
	wrong: (ability: Ability) => Promise<Requests>;
	/** Holds the ability over that unit. */
	holder: (ability: Ability, unit: Unit) => Promise<{ person: Person; request: Requests }>;
}

const test = base.extend<object, { world: World }>({
	world: [
		async ({ pool }, use) => {
			const ctx: Context = { db: connect(pool), actor: platformActor, now: testNow };
			const [here, elsewhere, province] = [await aUnit(ctx), await aUnit(ctx), await theProvince(ctx)];
			const opened: Requests[] = [];
			const kept = new Map<string, unknown>();

			async function once<Result>(key: string, make: () => Promise<Result>): Promise<Result> {
				if (!kept.has(key)) kept.set(key, make());
				return kept.get(key) as Promise<Result>;
			}
			async function open(): Promise<Requests> {
				const origin = process.env.E2E_URL ?? '';
				const extraHTTPHeaders = { origin, accept: 'text/html', 'x-test-now': testNow.toISOString() };
				const request = await requests.newContext({ baseURL: origin, extraHTTPHeaders });
				opened.push(request);
				return request;
			}
			async function enter(unit: Unit, held: { role: (typeof roles)[number]; over: Unit }[]) {
				const person = await anAccount(ctx, { person: await aPerson(ctx, { unit }) });
				for (const { role, over } of held) await aGrant(ctx, person.id, role, over);
				const request = await open();
				await signInOver(request, person);
				return { person, request };
			}

			await use({
				ctx,
				here,
				elsewhere,
				person: await aPerson(ctx, { unit: here }),
				anonymous: () => once('anonymous', open),
				learner: () => once('learner', async () => (await enter(here, [])).request),
				wrong: (ability) =>
					once(`wrong ${ability}`, async () => {
						const others = roles.filter((role) => role !== 'learner' && !carries(role, ability));
						return (
							await enter(
								here,
								others.map((role) => ({ role, over: province }))
							)
						).request;
					}),
				holder: (ability, unit) =>
					once(`${ability} ${unit.id}`, () => {
						const role = roles.find((role) => carries(role, ability)) ?? 'admin';
						return enter(unit, [{ role, over: unit }]);
					})
			});
			for (const request of opened) await request.dispose();
		},
		{ scope: 'worker' }
	]
});

const routes = findRoutes();

test('every route, and every action of it, says who may', () => {
	const missing = routes.filter(({ id }) => !(id in routeAccess)).map(({ id }) => id);
	expect(missing, 'routes to add to a file in tests/e2e/access/').toEqual([]);
	expect(
		Object.keys(routeAccess).filter((id) => !routes.some((route) => route.id === id)),
		'rows without a route'
	).toEqual([]);

	const actions = routes.flatMap(({ id, actions }) =>
		actions.filter((name) => !routeAccess[id]?.actions?.[name]).map((name) => `${id}?/${name}`)
	);
	expect(actions, 'actions to add to their rows').toEqual([]);
});

for (const route of routes) {
	const access = routeAccess[route.id];
	if (!access) continue;

	test(`${route.id} opens ${access.open}`, async ({ world }) => {
		for (const ask of asks(route, access)) {
			if (access.open === 'to-all') await opensToAll(world, ask, access);
			else if (access.open === 'to-the-signed-in') await opensToTheSignedIn(world, ask, access);
			else await opensToHolders(world, ask, access);
		}
	});
}

/** One kind of request to a route. It makes what it names once: whoever is refused has to leave it as it is for whoever may. */
interface Ask {
	name: string;
	isAct: boolean;
	send: (request: Requests, place: Place) => Promise<APIResponse>;
}

function asks(route: Route, access: RouteAccess): Ask[] {
	const readable = route.hasPage || route.methods.includes('GET');
	const acts = [
		...route.actions.map((name) => ({ name, query: name === 'default' ? '' : `?/${name}`, method: 'POST' })),
		...route.methods.filter((method) => method !== 'GET').map((method) => ({ name: method, query: '', method }))
	];

	const address = once((place) => addressOf(route, access, place));
	const look: Ask = {
		name: 'GET',
		isAct: false,
		send: async (request, place) => request.get(await address(place), { maxRedirects: 0 })
	};
	const does = acts.map(({ name, query, method }): Ask => {
		const address = once((place) => addressOf(route, access, place));
		const form = once(async (place) => (await access.actions?.[name]?.(place)) ?? {});
		return {
			name,
			isAct: true,
			send: async (request, place) => {
				const fields = await form(place);
				return request.fetch(`${(await address(place)).split('?')[0]}${query}`, {
					method,
					...(Object.values(fields).some((field) => typeof field !== 'string')
						? { multipart: fields }
						: { form: fields as Record<string, string> }),
					maxRedirects: 0
				});
			}
		};
	});
	return readable ? [look, ...does] : does;
}

function once<Result>(make: (place: Place) => Promise<Result>): (place: Place) => Promise<Result> {
	let made: Promise<Result> | undefined;
	return (place) => (made ??= make(place));
}

const placeOf = (world: World, holder: Person): Place => ({
	ctx: world.ctx,
	unit: world.here,
	person: world.person,
	holder
});

async function opensToAll(world: World, { name, isAct, send }: Ask, { status = 200 }: { status?: number }) {
	const response = await send(await world.anonymous(), placeOf(world, world.person));
	if (isAct) expect(response.status(), `${name} by anybody`).toBeLessThan(500);
	else expect(response.status(), `${name} by anybody`).toBe(status);
	expect(response.headers().location ?? '', `${name} by anybody`).not.toContain('/sign-in?next=');
}

async function expectSignIn(world: World, { name, send }: Ask, place: Place) {
	const response = await send(await world.anonymous(), place);
	expect(response.status(), `${name} by nobody`).toBe(303);
	expect(response.headers().location, `${name} by nobody`).toMatch(/^\/sign-in\?next=/);
}

async function opensToTheSignedIn(world: World, ask: Ask, { status = 200 }: { status?: number }) {
	const place = placeOf(world, world.person);
	await expectSignIn(world, ask, place);
	const response = await ask.send(await world.learner(), place);
	if (ask.isAct) expect(response.status(), `${ask.name} by a learner`).toBeLessThan(500);
	else expect(response.status(), `GET by a learner`).toBe(status);
}

async function opensToHolders(world: World, ask: Ask, access: Extract<RouteAccess, { open: 'to-holders' }>) {
	const { params, shows, over, outOfReach = 404 } = access;
	const acts = typeof access.acts === 'object' ? access.acts[ask.name] : access.acts;
	const ability = (ask.isAct && acts) || access.ability;
	const namesThings = params !== undefined || access.isAboutThings === true || ask.isAct;
	const holder = await world.holder(ability, over === 'everything' ? await theProvince(world.ctx) : world.here);
	const outsider = await world.holder(ability, world.elsewhere);
	const place = placeOf(world, holder.person);

	await expectSignIn(world, ask, place);
	for (const request of [await world.learner(), await world.wrong(ability)]) {
		const refused = await ask.send(request, place);
		expect([403, 404], `${ask.name} without ${ability}: ${refused.status()}`).toContain(refused.status());
	}

	if (namesThings) {
		const outside = await ask.send(outsider.request, place);
		expect(outside.status(), `${ask.name} with ${ability} elsewhere`).toBe(outOfReach);
	}
	const right = await ask.send(holder.request, place);
	expect(right.status(), `${ask.name} with ${ability}`).toBeLessThan(400);

	if (namesThings) return;
	if (!shows)
		throw new Error('Say in tests/e2e/access/ what the page `shows` only to those who hold the ability there.');
	if (shows === 'everything') return;
	const text = await shows(place);
	expect(await (await ask.send(holder.request, place)).text(), `GET with ${ability}`).toContain(text);
	expect(await (await ask.send(outsider.request, place)).text(), `GET with ${ability} elsewhere`).not.toContain(text);
}
