/** Addresses of the guest's parts, from `src/build/guest-parts.ts`. */
declare module 'virtual:part/*' {
  const url: string;
  export default url;
}
