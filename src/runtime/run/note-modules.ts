/** Loaded into the process of an action before its program (`--import`): see {@link noteModules}. */
import { noteModules } from './loaded-modules.ts'

noteModules()
