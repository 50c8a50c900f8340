import type { Chance } from './chance.ts';

/** The cities of the province. Neither they nor their counties exist. */
export const cities = ['青禾', '云汀', '安澜', '松坪', '石桥', '南屏', '东陵', '白鹭', '长堰', '柳泉', '望舒'];

/** Cities where the work is behind the others: a leader's page has exceptions to show. */
export const laggards: readonly string[] = ['安澜', '松坪', '长堰'];

const first = [...'霁岚砚葭苇鹤棠蓼芷杳桁栎楹潋澹漪珂琅穗绡翎箬'];
const second = [...'台浦墟陂汀畈湄坳隈渚'];

/** Name of a county by its number, from 0; different for each. */
export function countyName(number: number): string {
	const place = number % (first.length * second.length);
	const round = Math.floor(number / (first.length * second.length));
	const name = `${first[place % first.length]}${second[(place + Math.floor(place / first.length)) % second.length]}`;
	return round === 0 ? name : `${first[round % first.length]}${name}`;
}

const surnames = [
	...'白苏叶沈顾陆江秦许谢程夏方邵贺温文柳丁余'.repeat(3),
	...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'.repeat(5),
	'欧阳',
	'司徒',
	'上官'
];
const middle = [...'景思雨文嘉晓明子若书清远知安如云亦修佳静立建海春'];
const last = [...'行青澜川宁和舟然琳岚月晨峰洁平华瑜溪晗彤松远颖诚'];

/** Somebody's name. People may share one, as they do. */
export function personName(chance: Chance): string {
	const surname = chance.pick(surnames);
	return chance.happens(0.14)
		? `${surname}${chance.pick(last)}`
		: `${surname}${chance.pick(middle)}${chance.pick(last)}`;
}
