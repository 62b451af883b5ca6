using Delegation.Gateway.Tests.Events;
using Delegation.Gateway.Tests.Hosts;
using Google.Api;
using Google.Protobuf;

// Run by itself, this assembly is a service of the platform in a process of its own: for what two hosts in one process cannot show, such as whose memory
// grows, and how a process is killed.
switch (args)
{
    case ["probe", var port]:
        var chunk = new HttpBody { ContentType = "application/octet-stream", Data = ByteString.CopyFrom(new byte[256 * 1024]) };
        await ServiceHost.StartAsync(
            new ProbeService
            {
                OnFetch = async (request, answers, context) =>
                {
                    for (var sent = 0L; sent < request.Length; sent += chunk.Data.Length)
                        await answers.WriteAsync(chunk, context.CancellationToken);
                },
            },
            int.Parse(port, null));
        break;
    case ["journal", var port, var file, var member, var organization]:
        await JournalFile.ServeAsync(file, int.Parse(port, null), member, organization);
        break;
}

await Task.Delay(Timeout.Infinite);
