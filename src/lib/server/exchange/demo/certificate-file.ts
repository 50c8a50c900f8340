/** A page that says that it stands for a proof. */
export const certificateFile = Buffer.from(
	'%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 300]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length 54>>stream\nBT /F1 18 Tf 60 150 Td (Fictional certificate of the demo) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
	'latin1'
);
