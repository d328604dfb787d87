import { JsonBodyServer } from '../helpers/jsonBodyServer';

/** A process of its own, so that what it costs is not what the clients cost. Says where it listens. */
void JsonBodyServer.start().then(({ origin }) => console.log(`listening on ${origin}`));
