/** Languages that requests are copied in, beside cURL; titles are names. */
export const snippetLanguages = [
  { id: 'fetch', title: 'JavaScript: fetch' },
  { id: 'axios', title: 'JavaScript: axios' },
  { id: 'python', title: 'Python: Requests' },
  { id: 'go', title: 'Go: net/http' },
  { id: 'java', title: 'Java: HttpClient' },
  { id: 'csharp', title: 'C#: HttpClient' },
  { id: 'php', title: 'PHP: Guzzle' },
  { id: 'ruby', title: 'Ruby: Net::HTTP' },
  { id: 'powershell', title: 'PowerShell: Invoke-WebRequest' },
] as const;

export type SnippetLanguage = (typeof snippetLanguages)[number]['id'];
