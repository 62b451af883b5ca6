using Delegation.TestKit.Cluster;

// Joins the cluster of the folder that is the first argument, says how to reach it, and stays until its input ends.
using var cluster = await SharedCluster.JoinAsync(new ClusterFolder(args[0]), CancellationToken.None);
Console.WriteLine(cluster.ConnectionString);
await Console.In.ReadToEndAsync();
