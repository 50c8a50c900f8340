import { renderInline } from '../statutes/content/render-inline.ts';
import { pictureAddress } from './picture-address.ts';

/** A stem, situation or explanation as it will be shown. Pictures are those of a question that exists. */
export const previewText = (text: string, questionId: string | null): string =>
	renderInline(text, questionId ? pictureAddress(questionId) : undefined);
