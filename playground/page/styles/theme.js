/** Dark or light: as the system has it until the viewer chooses. */

const system = matchMedia('(prefers-color-scheme: light)');

/** @returns {string} `system`, `dark` or `light` */
export function themeWanted() {
  try {
    return localStorage.getItem('theme') ?? 'system';
  } catch {
    return 'system';
  }
}

function apply() {
  const wanted = themeWanted();
  const light = wanted === 'light' || (wanted === 'system' && system.matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
}

export function setTheme(name) {
  try {
    localStorage.setItem('theme', name);
  } catch {
    // Forgotten with the page, then.
  }
  apply();
}

system.addEventListener('change', apply);
apply();
