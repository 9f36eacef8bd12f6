// What this device remembers of how somebody wants their pages. Where storage is switched off nothing is, and every page shows as the server drew it.
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Not remembered, but shown.
  }
}
