using Delegation.Persistence.PartyDirectory;

namespace Microsoft.Extensions.Hosting;

/// <summary>What a service knows of the parties.</summary>
public static class DirectoryExtensions
{
    /// <summary>
    /// Follows Contracts (<c>services:contracts:grpc:0</c>) and keeps the tables <c>membership</c>, <c>delegation</c> and <c>audit_access</c> up to date. While
    /// Contracts is away the service goes on with what it knows. Needs <c>AddPersistence</c>; not for Contracts itself.
    /// </summary>
    public static void AddDirectory(this IHostApplicationBuilder builder) => builder.AddJournalFollower<DirectoryFollower>("contracts");
}
