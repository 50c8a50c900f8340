/** How the exported page looks, on a screen and on paper: ink on white, with faces of the reader's system. */
export const style = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 2rem 1rem; font: 1rem/1.6 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', system-ui, sans-serif; }
main { max-inline-size: 60rem; margin-inline: auto; }
h1, h2 { font-family: 'Source Han Serif SC', 'Noto Serif CJK SC', 'Songti SC', SimSun, serif; line-height: 1.4; }
h1 { font-size: 1.75rem; margin-block: 0 0.25rem; }
h2 { font-size: 1.25rem; margin-block: 2rem 0.5rem; padding-block-start: 0.5rem; border-block-start: 2px solid; break-after: avoid; }
.date, .note { font-size: 0.875rem; opacity: 0.75; }
.wide { overflow-x: auto; }
table { inline-size: 100%; border-collapse: collapse; font-size: 0.875rem; }
th, td { padding: 0.3rem 0.5rem; text-align: start; vertical-align: top; border-block-end: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
thead th { border-block-end-color: currentColor; white-space: nowrap; }
tr { break-inside: avoid; }
a { color: inherit; overflow-wrap: anywhere; }
@media print { @page { size: A4; margin: 18mm 16mm; } body { padding: 0; } .paper { break-before: page; } .wide { overflow: visible; } }
`;
