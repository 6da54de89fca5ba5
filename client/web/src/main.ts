import { mount } from 'svelte';

import App from './App.svelte';
import './app.css';
import { applyTheme, keptTheme } from './parts/theme';
import { startLanguage } from './words/words.svelte';

applyTheme(keptTheme());
await startLanguage();
mount(App, { target: document.getElementById('page')! });
