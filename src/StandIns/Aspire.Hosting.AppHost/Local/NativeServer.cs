using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>How a container resource runs on this machine as a native process.</summary>
/// <param name="PrepareAsync">Finds or installs the program, prepares its data, and says what to start.</param>
/// <param name="StopSignal">Signal that makes it stop in good order.</param>
internal sealed record NativeServer(
    Func<NativeServerContext, CancellationToken, Task<ProcessSpec>> PrepareAsync, int StopSignal) : IResourceAnnotation;

/// <summary>What the orchestrator knows when it starts a native server.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="DataDirectory">Where its data is; the parent directory exists, and an ordinary user can enter it.</param>
/// <param name="Persistent">Whether the data outlives this run.</param>
/// <param name="Ports">Port to listen on at localhost, per endpoint name.</param>
/// <param name="Configuration">Settings of the AppHost.</param>
/// <param name="Logger">Log of the resource.</param>
internal sealed record NativeServerContext(
    IResource Resource, string DataDirectory, bool Persistent, IReadOnlyDictionary<string, int> Ports,
    IConfiguration Configuration, ILogger Logger);

/// <summary>A process to start.</summary>
/// <param name="FileName">Path of the program, or its name on PATH.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">Directory to start it in.</param>
/// <param name="Environment">Variables added to those of the AppHost.</param>
/// <param name="RunAs">User of this machine to run it as when we are root and the program refuses to be; else null.</param>
internal sealed record ProcessSpec(
    string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment, string? RunAs = null);
