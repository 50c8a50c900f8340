/** Names as the makers write them; null where the browser does not say. */
export type Device = { browser: string | null; system: string | null };

// The first that fits counts: later ones claim to be earlier ones.
const browsers: [RegExp, string][] = [
	[/MicroMessenger\//, '微信'],
	[/Edg(e|A|iOS)?\//, 'Edge'],
	[/OPR\//, 'Opera'],
	[/QQBrowser\//, 'QQ浏览器'],
	[/(360SE|360EE|QIHU)/i, '360浏览器'],
	[/Firefox\/|FxiOS\//, 'Firefox'],
	[/Chrome\/|CriOS\//, 'Chrome'],
	[/Version\/.*Safari\//, 'Safari']
];
const systems: [RegExp, string][] = [
	[/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
	[/Android/, 'Android'],
	[/iPhone|iPad/, 'iOS'],
	[/Windows/, 'Windows'],
	[/Mac OS X|Macintosh/, 'macOS'],
	[/Linux|X11/, 'Linux']
];

const firstOf = (names: [RegExp, string][], text: string) => names.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** The browser and the system that a User-Agent header names, roughly: enough to recognise one's own desk. */
export const deviceOf = (userAgent: string): Device => ({
	browser: firstOf(browsers, userAgent),
	system: firstOf(systems, userAgent)
});
