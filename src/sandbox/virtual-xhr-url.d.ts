/** Address of the `XhrModule`, from `src/build/guest-bundle.ts`. */
declare module 'virtual:xhr-url' {
  const url: string;
  export default url;
}
