import adapter from '@sveltejs/adapter-node';

// The test build holds the seam that moves the server's clock; it lives apart so that nobody serves it by mistake.
const test = process.env.MINGFA_BUILD === 'test';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: {
		runes: ({ filename }) => (filename.split(/[/\\]/).includes('node_modules') ? undefined : true)
	},
	kit: {
		outDir: test ? '.svelte-kit/test' : '.svelte-kit',
		adapter: adapter({ out: test ? 'build/test' : 'build/app', precompress: true }),
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		serviceWorker: { register: false }, // the page of a sitting registers it; no other page needs one
		version: { pollInterval: 0 }
	}
};
