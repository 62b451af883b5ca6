extern alias migrator;

using Delegation.TestKit.Hosting;

namespace Delegation.Contracts.Tests;

/// <summary>The service as it runs, in this process.</summary>
public sealed class ContractsHost() : ServiceHost<Program>("contracts", typeof(migrator::Program).Assembly);
