using System.Text.Json;

namespace Aspire.Hosting.Local;

/// <summary>Generated values that must stay the same from run to run, because data on disk depends on them.</summary>
/// <param name="path">File that keeps them, readable by its owner alone; null keeps them for this run only.</param>
internal sealed class SecretStore(string? path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Lock _lock = new();
    private SortedDictionary<string, string>? _values;

    public string GetOrAdd(string key, Func<string> generate)
    {
        lock (_lock)
        {
            _values ??= Load();
            if (!_values.TryGetValue(key, out var value))
            {
                _values[key] = value = generate();
                Save(_values);
            }

            return value;
        }
    }

    private SortedDictionary<string, string> Load() => path is not null && File.Exists(path)
        ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path)) ?? []
        : [];

    private void Save(SortedDictionary<string, string> values)
    {
        if (path is null)
        {
            return;
        }

        // Written aside and renamed: a crash leaves either the old or the new file, and nobody else can read either.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = path + ".next";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(next, options))
        {
            JsonSerializer.Serialize(file, values, Indented);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
