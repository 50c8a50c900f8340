import type { Attachment } from 'svelte/attachments';
import type { ArticlePage } from '#lib/server/courses/read-article.ts';

/**
 * Opens articles beside the text: a click on a reference (a link with `data-article`) inside the attached element fetches
 * the article instead of leaving the page. Clicks that ask for a new tab, and anything that fails, follow the link.
 */
export class ArticleOpener {
	shown = $state.raw<ArticlePage | null>(null);
	#from: HTMLAnchorElement | null = null;
	#asked = '';

	attach: Attachment<HTMLElement> = (element) => {
		const click = (event: MouseEvent) => {
			const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-article]') : null;
			if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
			event.preventDefault();
			this.open(link);
		};
		const escape = (event: KeyboardEvent) => {
			if (event.key === 'Escape' && this.shown) this.close();
		};
		element.addEventListener('click', click, true);
		element.addEventListener('keydown', escape);
		return () => {
			element.removeEventListener('click', click, true);
			element.removeEventListener('keydown', escape);
		};
	};

	async open(link: HTMLAnchorElement): Promise<void> {
		const address = (this.#asked = link.dataset.article ?? '');
		const response = await fetch(`/statutes/${address}/panel`, { headers: { accept: 'application/json' } }).catch(
			() => null
		);
		if (this.#asked !== address) return; // another one was asked for meanwhile
		if (!response?.ok) return void location.assign(link.href);

		this.shown = await response.json();
		// From within the panel one goes back to the sentence that opened it.
		if (link.closest('.prose')) this.#mark(link);
		requestAnimationFrame(() => {
			document.getElementById('article-no')?.focus();
			uncover(this.#from);
		});
	}

	close = (): void => {
		this.shown = null;
		this.#asked = '';
		const from = this.#from;
		this.#mark(null);
		from?.focus({ preventScroll: true });
	};

	#mark(link: HTMLAnchorElement | null): void {
		this.#from?.removeAttribute('aria-expanded');
		this.#from = link;
		link?.setAttribute('aria-expanded', 'true');
	}
}

/** On narrow screens the article lies over the lower half: the sentence that cites it moves into the upper one. */
function uncover(link: HTMLElement | null): void {
	const top = link?.getBoundingClientRect().top ?? 0;
	if (matchMedia('(max-width: 55rem)').matches && top > window.innerHeight * 0.4) {
		window.scrollBy({ top: top - window.innerHeight * 0.3 });
	}
}
