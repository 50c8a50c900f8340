import type { Attachment } from 'svelte/attachments';

/** Tells which heading is being read: the last one above the upper third of the window; null before the first. */
export function trackHeading(onheading: (id: string | null) => void): Attachment<HTMLElement> {
	return (text) => {
		let frame = 0;
		let last: string | null | undefined;
		const look = () => {
			frame = 0;
			const headings = [...text.querySelectorAll<HTMLElement>('h2[id], h3[id]')];
			const line = window.innerHeight / 3;
			const id = headings.findLast((heading) => heading.getBoundingClientRect().top < line)?.id ?? null;
			if (id !== last) onheading((last = id));
		};
		const soon = () => (frame ||= requestAnimationFrame(look));
		look();
		window.addEventListener('scroll', soon, { passive: true });
		return () => {
			cancelAnimationFrame(frame);
			window.removeEventListener('scroll', soon);
		};
	};
}
