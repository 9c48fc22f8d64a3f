/** The three ways into the site, by the situation a reader comes from. The home page and the 404 page show them. */
export const doors: { title: string; text: string; href: string }[] = [
  {
    title: 'I have a 502 right now',
    text: 'Paste the log line or what curl printed; get the cause and the next command.',
    href: '/doctor/',
  },
  {
    title: 'I write the client',
    text: 'Timeouts, retries with jitter, and when a retry is not safe.',
    href: '/guides/502-bad-gateway-in-api-calls/#a-client-that-survives',
  },
  {
    title: 'I run the gateway',
    text: 'What each cause leaves in the gateway’s log, word for word.',
    href: '/guides/502-bad-gateway-in-api-calls/#what-it-looks-like-in-the-log',
  },
];
