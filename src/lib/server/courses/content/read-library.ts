import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#lib/server/platform/content/problem.ts';
import { openSource, report, type Source } from '#lib/server/platform/content/source.ts';
import { parseQuestions, type QuestionsFile } from '#lib/server/questions/content/parse-questions.ts';
import { parseStatute, type StatuteContent } from '#lib/server/statutes/content/parse-statute.ts';
import { parseCourse, type CourseContent } from './parse-course.ts';
import { parseLesson, type LessonContent } from './parse-lesson.ts';

/** A file together with the place of its values. */
export interface Parsed<T> {
	source: Source;
	content: T;
}

/** One course's folder as read: only what could be read is here, the rest is in the problems. */
export interface CourseFolder {
	id: string;
	course: Parsed<CourseContent> | undefined;
	/** By file name, in order. */
	lessons: Map<string, Parsed<LessonContent>>;
	/** Names of all lesson files, readable or not. */
	lessonFiles: string[];
	questions: Parsed<QuestionsFile> | undefined;
	/** Names of pictures in the folder. */
	images: string[];
}

export interface Folders {
	statutes: Parsed<StatuteContent>[];
	courses: CourseFolder[];
}

const maxTextBytes = 4_000_000;
const maxImageBytes = 2_000_000;
const imageName = /^[a-z0-9]+(?:-[a-z0-9]+)*\.(?:png|jpe?g|webp|gif)$/;

/** Reads every file of a library's folder. Whatever is wrong goes into the problems. @throws when the folder itself cannot be read */
export async function readFolders(root: string, problems: Problem[]): Promise<Folders> {
	const entries = (await readdir(root, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
	const folders: Folders = { statutes: [], courses: [] };
	for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		if (!entry.isDirectory()) {
			if (entry.name !== 'README.md') stray(entry.name, problems);
		} else if (entry.name === 'statutes') folders.statutes = await readStatutes(root, problems);
		else folders.courses.push(await readCourse(root, entry.name, problems));
	}
	return folders;
}

function stray(file: string, problems: Problem[]): void {
	report(openSource(file, problems), { line: 1, code: 'file.stray', message: '这里不应当有这个文件，内容不会被读取' });
}

async function readText(
	root: string,
	file: string,
	problems: Problem[]
): Promise<{ source: Source; text: string } | undefined> {
	const source = openSource(file, problems);
	const refuse = (code: string, message: string) => void report(source, { line: 1, code, message });
	const { size } = await stat(path.join(root, file));
	if (size > maxTextBytes) return void refuse('file.too-large', `文件超过 ${maxTextBytes / 1e6} MB`);
	try {
		const decoder = new TextDecoder('utf-8', { fatal: true });
		const text = decoder.decode(await readFile(path.join(root, file)));
		return { source, text: text.replaceAll('\r\n', '\n') };
	} catch {
		return void refuse('file.encoding', '文件不是 UTF-8 编码');
	}
}

async function readParsed<T>(
	root: string,
	file: string,
	problems: Problem[],
	parse: (source: Source, text: string) => T | undefined
): Promise<Parsed<T> | undefined> {
	const read = await readText(root, file, problems);
	const content = read && parse(read.source, read.text);
	return read && content && { source: read.source, content };
}

async function readStatutes(root: string, problems: Problem[]): Promise<Parsed<StatuteContent>[]> {
	const found: Parsed<StatuteContent>[] = [];
	for (const name of await namesIn(path.join(root, 'statutes'))) {
		const file = `statutes/${name}`;
		if (!name.endsWith('.yaml')) {
			stray(file, problems);
			continue;
		}
		const parsed = await readParsed(root, file, problems, parseStatute);
		if (parsed) found.push(parsed);
	}
	return found;
}

async function readCourse(root: string, id: string, problems: Problem[]): Promise<CourseFolder> {
	const folder: CourseFolder = {
		id,
		course: undefined,
		lessons: new Map(),
		lessonFiles: [],
		questions: undefined,
		images: []
	};
	for (const name of await namesIn(path.join(root, id))) {
		const file = `${id}/${name}`;
		if (name === 'course.yaml') folder.course = await readParsed(root, file, problems, parseCourse);
		else if (name === 'questions.yaml') folder.questions = await readParsed(root, file, problems, parseQuestions);
		else if (/^\d{2}-.+\.md$/.test(name)) {
			folder.lessonFiles.push(name);
			const lesson = await readParsed(root, file, problems, parseLesson);
			if (lesson) folder.lessons.set(name, lesson);
		} else if (imageName.test(name)) {
			folder.images.push(name);
			const { size } = await stat(path.join(root, file));
			if (size > maxImageBytes) {
				report(openSource(file, problems), {
					line: 1,
					code: 'image.too-large',
					message: `图片超过 ${maxImageBytes / 1e6} MB`
				});
			}
		} else stray(file, problems);
	}
	for (const required of ['course.yaml', 'questions.yaml']) {
		const isThere = required === 'course.yaml' ? folder.course : folder.questions;
		const hasProblem = problems.some(({ file }) => file === `${id}/${required}`);
		if (!isThere && !hasProblem) {
			report(openSource(`${id}/${required}`, problems), { line: 1, code: 'file.missing', message: `缺少 ${required}` });
		}
	}
	return folder;
}

const namesIn = async (folder: string) => (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
