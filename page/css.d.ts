/** Style sheets are put together by esbuild into `main.css`. */
declare module '*.css'
