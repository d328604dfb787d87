/** One request of the benchmark file, ten lines of it, in one of five forms that people write. */
function requestLines(index: number): readonly string[] {
  const name = `request${index}`;
  switch (index % 5) {
    case 0:
      return [
        `  ${name}:`,
        `    description: Orders of customer ${index}, newest first`,
        `    get: /customers/${index}/orders`,
        '    query: { status: "${status}", limit: "${pageSize}" }',
        '    headers:',
        '      Accept: application/json',
        `      X-Request-Id: \${uuid}`,
        '    expect:',
        '      status: 200',
        '',
      ];
    case 1:
      return [
        `  ${name}:`,
        `    # Makes order ${index}; the reference tells it from the others.`,
        `    post: /customers/${index}/orders`,
        '    json:',
        `      sku: A-${index}`,
        '      price: 1.10',
        '      reference: ${uuid}',
        '      tags: [new, "${status}", bulk]',
        '    expect: { status: [200, 201] }',
        '',
      ];
    case 2:
      return [
        `  ${name}:`,
        `    name: Close order ${index}`,
        '    tags: [orders, smoke]',
        `    patch: /orders/${index}?expand=lines`,
        '    variables:',
        `      reason: customer ${index} asked`,
        '    json: { state: closed, reason: "${reason}", at: "${now}" }',
        '    timeout: 30s',
        '    expect: { status: 2xx }',
        '',
      ];
    case 3:
      return [
        `  ${name}:`,
        '    description: >-',
        '      A note as it was written,',
        `      for customer ${index}`,
        `    put: /customers/${index}/note`,
        '    text: |',
        `      Customer ${index} is \${status}.`,
        '',
        '      Nothing else to say.',
        '',
      ];
    default:
      return [
        '  # Searches are answered by another host.',
        `  ${name}:`,
        `    post: https://search.acme.dev/v1/search/${index}`,
        '    auth: none',
        '    form:',
        `      q: "shoes, size ${index}"`,
        '      page: 1',
        '    redirects: 0',
        '    expect: { status: 200 }',
        '',
      ];
  }
}

/** The top of a request file, as long as people's are. */
const TOP = `# Orders and customers
variables:
  status: open
  pageSize: 50
baseUrl: https://api.acme.dev/v1
headers:
  User-Agent: acme-tests
requests:
`;

/** A request file as people write them, of so many requests of ten lines: 2,000 make the benchmark file. */
export function largeRequestFile(requests: number): string {
  const lines = Array.from({ length: requests }, (_, index) => requestLines(index).join('\n'));
  return TOP + lines.join('\n');
}

/** The name of a request of that file, by its place. */
export function largeRequestName(index: number): string {
  return `request${index}`;
}
