/** Address of the guest script, from `src/build/guest-bundle.ts`. */
declare module 'virtual:guest-url' {
  const url: string;
  export default url;
}
