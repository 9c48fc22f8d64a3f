/** HAR 1.2, as far as this project writes it: http://www.softwareishard.com/blog/har-12-spec/. Names with _ are our own. */
export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string; readonly comment: string };
    readonly pages: readonly HarPage[];
    readonly entries: readonly HarEntry[];
    readonly comment: string;
  };
}

export interface HarPage {
  readonly startedDateTime: string;
  readonly id: string;
  readonly title: string;
  /** -1: the program loads no document. */
  readonly pageTimings: { readonly onContentLoad: -1; readonly onLoad: -1 };
}

export interface HarEntry {
  readonly pageref: string;
  readonly startedDateTime: string;
  /** ms, the sum of the timings that are not -1. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: Record<string, never>;
  readonly timings: HarTimings;
  readonly comment: string;
  readonly _resourceType: 'fetch';
  readonly _gateway: HarGateway;
}

/** ms; -1 where the phase does not apply or was not measured by itself. */
export interface HarTimings {
  readonly blocked: number;
  readonly dns: number;
  readonly connect: number;
  readonly ssl: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
}

export interface HarNameValue {
  readonly name: string;
  readonly value: string;
}

export interface HarCookie extends HarNameValue {
  readonly path?: string;
  readonly domain?: string;
  readonly expires?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
}

export interface HarRequest {
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly cookies: readonly HarCookie[];
  readonly headers: readonly HarNameValue[];
  readonly queryString: readonly HarNameValue[];
  readonly postData?: {
    readonly mimeType: string;
    readonly text: string;
    readonly comment?: string;
    readonly _encoding?: 'base64';
  };
  /** Bytes of the request line and the headers, with the empty line. */
  readonly headersSize: number;
  readonly bodySize: number;
}

export interface HarResponse {
  /** 0 when no status line came. */
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly cookies: readonly HarCookie[];
  readonly headers: readonly HarNameValue[];
  readonly content: {
    readonly size: number;
    readonly mimeType: string;
    readonly text?: string;
    readonly encoding?: 'base64';
    readonly comment?: string;
  };
  readonly redirectURL: string;
  /** Bytes from the status line to the empty line; -1 without a response. */
  readonly headersSize: number;
  /** Bytes of the body as they traveled; -1 without a response. */
  readonly bodySize: number;
  readonly comment?: string;
  /** Chromium's name of what went wrong; null when nothing did. */
  readonly _error: string | null;
  readonly _transferSize: number;
}

/** What HAR has no place for. */
export interface HarGateway {
  readonly id: string;
  readonly version: string;
  readonly fault: string;
  readonly cause: string | null;
  readonly verdict: string;
  readonly accessLog: readonly string[];
  readonly errorLog: readonly string[];
}
