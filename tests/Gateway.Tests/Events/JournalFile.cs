using Delegation.Journal.V1;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Delegation.Gateway.Tests.Events;

/// <summary>A journal in a file: one process writes it, another serves it and may be killed at any time.</summary>
internal static class JournalFile
{
    /// <summary>Writes what is appended to a journal to a file too.</summary>
    public static MadeUpJournal Writing(string path) => new(entry =>
    {
        using var bytes = new MemoryStream();
        entry.WriteDelimitedTo(bytes);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(bytes.ToArray());
    });

    /// <summary>Serves what the file has, and what comes.</summary>
    public static async Task ServeAsync(string path, int port, string member, string organization)
    {
        var journal = new MadeUpJournal { Members = { [member] = organization } };
        var position = 0L;
        Read();

        var builder = WebApplication.CreateSlimBuilder([$"--GRPC_PORT={port}"]);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(journal);
        var service = builder.Build();
        service.MapGrpcService<MadeUpJournalService>();
        service.MapGrpcService<MadeUpMembers>();
        await service.StartAsync();
        for (; ; await Task.Delay(10))
            Read();

        void Read()
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
            file.Position = position;
            try
            {
                while (file.Position < file.Length)
                {
                    journal.Append(Entry.Parser.ParseDelimitedFrom(file));
                    position = file.Position;
                }
            }
            catch (InvalidProtocolBufferException)
            {
                // Half of it is there yet.
            }
        }
    }
}
