import http from 'node:http';

// The least that Node takes to answer with so many bytes: what a page of ours is measured by.
const body = Buffer.alloc(Number(process.argv[2]), 'x');
const server = http.createServer((_, response) =>
	response.writeHead(200, { 'content-type': 'text/html', 'content-length': body.length }).end(body)
);
server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	if (typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address?.port}\n`);
});
