"""bleak, told what to do line by line: a JSON command on standard input, a JSON answer with its id on standard output."""

import asyncio
import json
import sys

from bleak import BleakClient, BleakScanner
from bleak.exc import BleakError

SCAN_LIMIT_S = 20


class Bridge:
    def __init__(self):
        self.device = None
        self.client = None

    def say(self, message):
        print(json.dumps(message), flush=True)

    async def find(self, service):
        self.device = await BleakScanner.find_device_by_filter(
            lambda _, advertisement: service in advertisement.service_uuids, timeout=SCAN_LIMIT_S
        )
        return self.device.name

    async def connect(self):
        # A link that is lost takes bleak's connection to the bus along: a client is good for one link.
        self.client = BleakClient(self.device, disconnected_callback=lambda _: self.say({"disconnected": True}))
        await self.client.connect()

    async def disconnect(self):
        await self.client.disconnect()

    async def pair(self):
        return await self.client.pair()

    async def read(self, uuid):
        return (await self.client.read_gatt_char(uuid)).hex()

    async def write(self, uuid, value):
        await self.client.write_gatt_char(uuid, bytes.fromhex(value), response=True)

    async def subscribe(self, uuid):
        await self.client.start_notify(
            uuid, lambda _, value: self.say({"notified": uuid, "value": bytes(value).hex()})
        )

    async def unsubscribe(self, uuid):
        await self.client.stop_notify(uuid)

    async def obey(self, command):
        number, method, arguments = command["id"], command["do"], command["with"]
        try:
            self.say({"id": number, "value": await getattr(self, method)(*arguments)})
        except (BleakError, EOFError, AttributeError) as error:
            self.say({"id": number, "error": f"{type(error).__name__}: {error}"})


async def main():
    bridge = Bridge()
    reader = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    tasks = set()
    while line := await reader.readline():
        task = asyncio.create_task(bridge.obey(json.loads(line)))
        tasks.add(task)
        task.add_done_callback(tasks.discard)


asyncio.run(main())
