/**
 * The name under which a gateway's configuration knows the route of a path: the fault of `/f/<fault>/…`, which is how
 * tools/recorder sets routes up, and the first part of any other path. Word characters only, as in `first_part`.
 */
export function routeName(path: string): string {
  const [first = '', second = ''] = path.replace(/^\//, '').split(/[/?]/);
  const part = first === 'f' && second !== '' ? second : first;
  return part === '' ? 'root' : part.replaceAll(/\W/g, '_');
}
