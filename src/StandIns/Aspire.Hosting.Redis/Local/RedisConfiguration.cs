using System.Globalization;
using System.Text;

namespace Aspire.Hosting.Local.Redis;

/// <summary>
/// The configuration file a server starts with. A file and not arguments, because every user of the machine can read the
/// arguments of a process, and the password is among the settings.
/// </summary>
internal static class RedisConfiguration
{
    /// <summary>Writes the file so that only we can read it.</summary>
    public static async Task WriteAsync(string path, int port, string directory, string? password, CancellationToken cancellationToken)
    {
        File.Delete(path); // a file that exists would keep its rights
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var file = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options);
        await file.WriteAsync(Text(port, directory, password).AsMemory(), cancellationToken);
    }

    // https://redis.io/docs/latest/operate/oss_and_stack/management/config-file/
    private static string Text(int port, string directory, string? password) => string.Create(CultureInfo.InvariantCulture, $"""
        port {port}
        # An address after a hyphen may be missing: machines without IPv6.
        bind 127.0.0.1 -::1
        dir {Quoted(directory)}
        {(password is null ? "" : $"requirepass {Quoted(password)}")}
        # Nothing is kept: a resource without a volume forgets.
        save ""
        appendonly no
        daemonize no
        logfile ""

        """);

    // Its quoted strings know C's escapes; written in hexadecimal, no byte of a value can end or change the line.
    private static string Quoted(string value) =>
        '"' + string.Concat(Encoding.UTF8.GetBytes(value).Select(octet => $@"\x{octet:x2}")) + '"';
}
