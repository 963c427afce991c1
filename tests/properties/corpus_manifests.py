#!/usr/bin/env python3
"""Writes the manifests of the conformance corpus for the property tests, one case a line.

Usage: corpus_manifests.py OUTPUT FILE...

A line is {"manifest", "old"?, "topologies"?, "configuration"?}, the configuration as an OperatorConfiguration.
"""

import gzip
import json
import sys


def configuration(config):
    if config is None:
        return None
    return {
        'apiVersion': 'operator.config.grove.io/v1alpha1',
        'kind': 'OperatorConfiguration',
        'scheduler': {
            'profiles': [{'name': name} for name in config.get('schedulerProfiles', [])],
            'defaultProfileName': config.get('defaultProfile', ''),
        },
        'topologyAwareScheduling': {'enabled': config.get('topologyAwareScheduling', False)},
        'network': {'autoMNNVLEnabled': config.get('autoMNNVL', False)},
    }


def line(case):
    kept = {key: case[key] for key in ('manifest', 'old', 'topologies') if case.get(key) is not None}
    if (found := configuration(case.get('config'))) is not None:
        kept['configuration'] = found
    return json.dumps(kept, ensure_ascii=False, separators=(',', ':'))


def main():
    output, *paths = sys.argv[1:]
    with open(output, 'w', encoding='utf-8') as out:
        for path in paths:
            with gzip.open(path, 'rt', encoding='utf-8') as file:
                for text in file:
                    case = json.loads(text)['case']
                    if 'manifest' in case:
                        out.write(line(case) + '\n')


if __name__ == '__main__':
    main()
