using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Testing;

namespace Delegation.Interop.Tests.Foreign;

/// <summary>What a foreign client reported after it ran every case against one address.</summary>
internal sealed class ClientRun(IReadOnlyDictionary<string, string?> errors, string complaints)
{
    /// <summary>One process for all cases: starting an interpreter takes longer than the cases.</summary>
    public static async Task<ClientRun> StartAsync(Peer peer, string address, string route)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var script = peer == Peer.GrpcJs ? "client.mjs" : "client.py";
        await using var process = PeerProcess.Start(peer, script, new Uri(address).Authority, route);
        // grpc-js reads the .proto files itself; Python gets the same from the generated code and makes its messages from that.
        await process.SendAsync(peer == Peer.GrpcIo ? Descriptors() : default);

        var errors = new Dictionary<string, string?>();
        try
        {
            await foreach (var line in process.Lines.ReadAllAsync(limit.Token)) errors[Text(line, "case")!] = Text(line, "error");
        }
        catch (OperationCanceledException)
        {
            // The cases reported so far count; the others fail for want of a report.
        }

        return new ClientRun(errors, process.Errors);
    }

    /// <summary>Fails with what the client said about a case.</summary>
    public void Passed(string name)
    {
        if (!errors.TryGetValue(name, out var error)) Assert.Fail($"No report of {name}. The client wrote:\n{complaints}");
        if (error is not null) Assert.Fail(error);
    }

    private static string? Text(JsonElement line, string property) =>
        line.TryGetProperty(property, out var value) ? value.GetString() : null;

    private static byte[] Descriptors()
    {
        var set = new FileDescriptorSet();
        foreach (var file in (FileDescriptor[])[EmptyReflection.Descriptor, MessagesReflection.Descriptor, TestReflection.Descriptor])
        {
            set.File.Add(FileDescriptorProto.Parser.ParseFrom(file.SerializedData));
        }

        return set.ToByteArray();
    }
}
