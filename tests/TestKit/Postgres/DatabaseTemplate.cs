using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Delegation.TestKit;

/// <summary>A database that others are cloned from. Built once per server and contents.</summary>
internal static partial class DatabaseTemplate
{
    /// <summary>Held while a template is built: two builders would create the same roles at once.</summary>
    private const long BuildLock = 0x7465737464622121;

    /// <summary>Gives the name of the template, after building it if this is the first to ask.</summary>
    public static async Task<string> BuildOnceAsync(
        string server, string name, string? contents, Func<string, Task> build, CancellationToken cancellationToken)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw new ArgumentException(
                $"'{name}' is no template name: up to 30 lower-case letters, digits and underscores.", nameof(name));
        }

        var template = $"template_{name}_{Digest(contents ?? OwnAssemblies.Value)}";
        if (await ExistsAsync(server, template, cancellationToken))
        {
            return template;
        }

        // The lock ends with its session, that is with this connection, however the process ends.
        await using var session = await Sql.OpenAsync(server, cancellationToken);
        await Sql.ExecuteAsync(session, $"SELECT pg_advisory_lock({BuildLock})", cancellationToken);
        if (await ExistsAsync(server, template, cancellationToken))
        {
            return template;
        }

        // Built under another name, so that a template whose building was interrupted is never cloned.
        var unfinished = template + "_unfinished";
        await Sql.ExecuteAsync(session, $"DROP DATABASE IF EXISTS {Sql.Quoted(unfinished)} WITH (FORCE)", cancellationToken);
        await Sql.ExecuteAsync(session, $"CREATE DATABASE {Sql.Quoted(unfinished)} TEMPLATE template0", cancellationToken);
        await build(new NpgsqlConnectionStringBuilder(server) { Database = unfinished, Pooling = false }.ConnectionString);

        // A database in use can be neither renamed nor cloned.
        await Sql.ExecuteAsync(session, $"ALTER DATABASE {Sql.Quoted(unfinished)} ALLOW_CONNECTIONS false", cancellationToken);
        await Sql.ExecuteAsync(
            session, $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{unfinished}'", cancellationToken);
        await Sql.ExecuteAsync(session, $"ALTER DATABASE {Sql.Quoted(unfinished)} RENAME TO {Sql.Quoted(template)}", cancellationToken);
        return template;
    }

    private static async Task<bool> ExistsAsync(string server, string template, CancellationToken cancellationToken) =>
        await Sql.ScalarAsync<bool>(server, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", template, cancellationToken);

    // A build that changes an assembly changes its time or its length.
    private static readonly Lazy<string> OwnAssemblies = new(() => string.Join('\n',
        from file in new DirectoryInfo(AppContext.BaseDirectory).GetFiles("*.dll")
        orderby file.Name
        select string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc:O}")));

    [GeneratedRegex("^[a-z0-9_]{1,30}$")]
    private static partial Regex NamePattern();

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
