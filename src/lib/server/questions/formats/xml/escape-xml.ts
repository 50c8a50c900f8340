const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text inside an element or an attribute. Line breaks inside an attribute would be lost, so they are written as numbers. */
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (mark) => entities[mark]!);
export const escapeAttribute = (text: string): string =>
	escapeXml(text).replace(/[\n\t\r]/g, (mark) => `&#${mark.charCodeAt(0)};`);
